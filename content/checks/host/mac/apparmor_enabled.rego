# METADATA
# title: The kernel runs with AppArmor
# description: Profiles on disk confine nothing while the kernel does not use them.
# custom:
#   id: host.mac.apparmor_enabled
#   kind: host
#   area: access
#   needs: [apparmor, identity]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R45]
#     disa_stig_ubuntu_22.04: [UBTU-22-431015]
#     disa_stig_ubuntu_24.04: [UBTU-24-100510]
#     ssg: [apparmor_configured]
#   attack: [T1068, T1562.001]
#   remediation:
#     text: Install apparmor, take apparmor=0 or another `security=` off the kernel's command line, and restart.
package casemate.host.mac.apparmor_enabled

# Red Hat's kin use SELinux; the others have neither by default.
applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	not family in {"debian", "suse"}
}

compliant if {
	input.facets.identity.os.family
	input.facets.apparmor.enabled == true
}

deny contains {"message": "the kernel runs without AppArmor"} if input.facets.apparmor.enabled == false
