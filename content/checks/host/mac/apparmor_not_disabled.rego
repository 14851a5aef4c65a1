# METADATA
# title: No AppArmor profile is switched off on disk
# description: >-
#   Profiles linked into /etc/apparmor.d/disable are not loaded at the next boot, and nothing reminds anybody of them.
# custom:
#   id: host.mac.apparmor_not_disabled
#   kind: host
#   area: access
#   needs: [apparmor, identity]
#   severity: low
#   attack: [T1562.001]
#   params:
#     allow: {type: list, default: [], description: profiles that may be disabled}
#   remediation:
#     text: >-
#       Remove the link from /etc/apparmor.d/disable and load the profile: `apparmor_parser -r
#       /etc/apparmor.d/PROFILE`.
package casemate.host.mac.apparmor_not_disabled

# Red Hat's kin use SELinux; the others have neither by default.
applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	not family in {"debian", "suse"}
}

disabled := input.facets.apparmor.disabled

off := [name | some name in disabled; not name in data.params.allow]

compliant if {
	input.facets.identity.os.family
	is_array(disabled)
	input.facets.apparmor.installed
	count(off) == 0
}

deny contains {"message": sprintf("the AppArmor profile %s is disabled", [name]), "evidence": {"profile": name}} if {
	some name in off
}

deny contains {"message": "AppArmor is not installed"} if input.facets.apparmor.installed == false
