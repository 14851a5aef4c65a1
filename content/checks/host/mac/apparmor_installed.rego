# METADATA
# title: AppArmor and its tools are installed
# description: Without the parser no profile can be loaded, and without the utilities nobody can look after them.
# custom:
#   id: host.mac.apparmor_installed
#   kind: host
#   area: access
#   needs: [apparmor, packages, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.3.1.1"]
#     anssi_bp_028: [R45]
#     disa_stig_ubuntu_22.04: [UBTU-22-431010]
#     disa_stig_ubuntu_24.04: [UBTU-24-100500]
#     ssg: [package_apparmor_installed, package_apparmor-utils_installed]
#   attack: [T1068]
#   remediation:
#     text: Install apparmor and apparmor-utils.
#     command: apt-get install -y apparmor apparmor-utils
package casemate.host.mac.apparmor_installed

# Red Hat's kin use SELinux; the others have neither by default.
applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	not family in {"debian", "suse"}
}

tools := {"apparmor-utils", "apparmor-parser"}

compliant if {
	input.facets.identity.os.family
	input.facets.apparmor.installed == true
	some tool in tools
	input.facets.packages.installed[tool]
}

deny contains {"message": "AppArmor is not installed"} if input.facets.apparmor.installed == false

deny contains {"message": "the package apparmor-utils is not installed"} if {
	installed := input.facets.packages.installed
	count({tool | some tool in tools; installed[tool]}) == 0
}
