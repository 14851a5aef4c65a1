# METADATA
# title: The machine boots to text
# description: A graphical session is a great deal of software with root near by, for a screen that nobody watches.
# custom:
#   id: host.service.text_target
#   kind: host
#   area: services
#   needs: [units]
#   severity: low
#   remediation:
#     text: Make multi-user.target the default.
#     command: "systemctl set-default multi-user.target"
package casemate.host.service.text_target

target := input.facets.units.default_target

compliant if target in {"multi-user.target", "rescue.target"}

deny contains {"message": "the machine boots to graphical.target; wanted multi-user.target", "evidence": {"default_target": target}} if {
	target == "graphical.target"
}
