# METADATA
# title: Loaded AppArmor profiles enforce or at least report
# description: >-
#   A profile in unconfined mode is a name without rules. A host without a single loaded profile confines nothing at
#   all.
# custom:
#   id: host.mac.apparmor_profiles_active
#   kind: host
#   area: access
#   needs: [apparmor, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.3.1.3"]
#     ssg: [all_apparmor_profiles_in_enforce_complain_mode]
#   attack: [T1562.001]
#   params:
#     allow_unconfined: {type: list, default: [], description: "profiles that only name a program, such as those that Ubuntu ships to permit user namespaces"}
#   remediation:
#     text: "Install apparmor-profiles and put the profile into enforce mode: `aa-enforce PROFILE`."
package casemate.host.mac.apparmor_profiles_active

# Red Hat's kin use SELinux; the others have neither by default.
applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	not family in {"debian", "suse"}
}

# Null below a mounted root, and where AppArmor is off.
loaded := input.facets.apparmor.loaded if is_object(input.facets.apparmor.loaded)

good := {"enforce", "complain", "kill", "prompt"}

loose contains name if {
	some name, mode in loaded
	not mode in good
	not name in data.params.allow_unconfined
}

compliant if {
	input.facets.identity.os.family
	count(loaded) > 0
	count(loose) == 0
}

deny contains {"message": "no AppArmor profile is loaded"} if count(loaded) == 0

deny contains {"message": "no AppArmor profile is loaded: the kernel runs without AppArmor"} if {
	input.facets.apparmor.enabled == false
}

deny contains {
	"message": sprintf("the AppArmor profile %s is %s", [name, loaded[name]]),
	"evidence": {"profile": name, "mode": loaded[name]},
} if {
	some name in loose
}
