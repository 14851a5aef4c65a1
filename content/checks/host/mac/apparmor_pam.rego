# METADATA
# title: Logins can be confined by AppArmor
# description: >-
#   libpam-apparmor moves a login into a hat of its own, so that users and administrators can be confined too.
# custom:
#   id: host.mac.apparmor_pam
#   kind: host
#   area: access
#   needs: [packages, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R45]
#     ssg: [package_pam_apparmor_installed]
#   remediation:
#     text: Install libpam-apparmor, and write hats for the logins that matter.
#     command: apt-get install -y libpam-apparmor
package casemate.host.mac.apparmor_pam

applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	not family in {"debian", "suse"}
}

modules := {"libpam-apparmor", "pam_apparmor"}

present contains name if {
	some name in modules
	input.facets.packages.installed[name]
}

compliant if {
	input.facets.identity.os.family
	count(present) > 0
}

deny contains {"message": "the package libpam-apparmor is not installed"} if {
	input.facets.packages.installed
	count(present) == 0
}
