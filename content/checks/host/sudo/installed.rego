# METADATA
# title: sudo is installed
# description: Without it administrators share the password of root, and the log shows root and nobody else.
# custom:
#   id: host.sudo.installed
#   kind: host
#   area: access
#   needs: [packages]
#   severity: low
#   frameworks: {cis_debian_12: ["5.2.1"], anssi_bp_028: [R33], ssg: [package_sudo_installed]}
#   params:
#     packages: {type: list, default: [sudo, sudo-ldap], description: packages of which one is enough}
#   remediation:
#     text: Install sudo.
#     command: DEBIAN_FRONTEND=noninteractive apt-get install -y sudo
package casemate.host.sudo.installed

found := {name | some name in data.params.packages; input.facets.packages.installed[name]}

compliant if count(found) > 0

deny contains {
	"message": sprintf("none of %s is installed", [concat(", ", data.params.packages)]),
	"evidence": {"packages": []},
} if {
	count(input.facets.packages.installed) > 0
	count(found) == 0
}
