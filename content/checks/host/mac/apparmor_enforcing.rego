# METADATA
# title: All AppArmor profiles are enforced
# description: A profile in complain mode writes down what it would have stopped, and lets it happen.
# custom:
#   id: host.mac.apparmor_enforcing
#   kind: host
#   area: access
#   needs: [apparmor, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.3.1.4"]
#     anssi_bp_028: [R45]
#     ssg: [all_apparmor_profiles_enforced]
#   attack: [T1562.001]
#   params:
#     allow: {type: list, default: [], description: profiles that may be in another mode}
#   remediation:
#     text: Read the log for what the profile would have stopped, mend it, then `aa-enforce` it.
#     command: aa-enforce /etc/apparmor.d/*
package casemate.host.mac.apparmor_enforcing

# Red Hat's kin use SELinux; the others have neither by default.
applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	not family in {"debian", "suse"}
}

# Null below a mounted root, and where AppArmor is off.
loaded := input.facets.apparmor.loaded if is_object(input.facets.apparmor.loaded)

loose contains name if {
	some name, mode in loaded
	not mode in {"enforce", "kill"}
	not name in data.params.allow
}

compliant if {
	input.facets.identity.os.family
	count(loaded) > 0
	count(loose) == 0
}

deny contains {"message": "no AppArmor profile is loaded"} if count(loaded) == 0

deny contains {"message": "no AppArmor profile is enforced: the kernel runs without AppArmor"} if {
	input.facets.apparmor.enabled == false
}

deny contains {
	"message": sprintf("the AppArmor profile %s is in %s mode", [name, loaded[name]]),
	"evidence": {"profile": name, "mode": loaded[name]},
} if {
	some name in loose
}
