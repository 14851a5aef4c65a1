# METADATA
# title: Ctrl-Alt-Del does not restart the machine
# description: Three keys at a console, or in the window of a virtual machine, are enough to take it down.
# custom:
#   id: host.service.ctrl_alt_del
#   kind: host
#   area: services
#   needs: [units]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-211015]
#     disa_stig_ubuntu_24.04: [UBTU-24-300026]
#     ssg: [disable_ctrlaltdel_reboot]
#   attack: [T1529]
#   remediation:
#     text: Mask ctrl-alt-del.target.
#     command: "systemctl mask ctrl-alt-del.target"
package casemate.host.service.ctrl_alt_del

facts := input.facets.units

compliant if facts.ctrl_alt_del == "masked"

found := "reboot, systemd's default" if facts.ctrl_alt_del == null

found := facts.ctrl_alt_del if facts.ctrl_alt_del != null

deny contains {"message": sprintf("Ctrl-Alt-Del starts %s; wanted masked", [found]), "evidence": {"ctrl_alt_del": facts.ctrl_alt_del}} if {
	found
	not compliant
}
