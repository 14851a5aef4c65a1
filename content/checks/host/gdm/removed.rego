# METADATA
# title: No graphical login is installed
# description: A server needs none; it is a large program with root near by that takes input from strangers.
# custom:
#   id: host.gdm.removed
#   kind: host
#   area: services
#   needs: [display_manager]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.7.1"]
#     ssg: [package_gdm_removed]
#   params:
#     server: {type: bool, default: true, description: whether the host is a server}
#   remediation:
#     text: Remove the display manager.
#     command: "apt-get purge -y gdm3"
package casemate.host.gdm.removed

installed := input.facets.display_manager.installed

applies if data.params.server == true

compliant if {
	is_array(installed)
	count(installed) == 0
}

deny contains {"message": sprintf("%s is installed", [name]), "evidence": {"manager": name}} if some name in installed
