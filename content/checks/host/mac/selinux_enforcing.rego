# METADATA
# title: SELinux enforces, now and after the next boot
# description: >-
#   In permissive mode SELinux writes down what it would have stopped; disabled, it does not even label new files, so
#   coming back is work.
# custom:
#   id: host.mac.selinux_enforcing
#   kind: host
#   area: access
#   needs: [selinux, identity]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R37, R79]
#     ssg: [selinux_state]
#   attack: [T1562.001]
#   remediation:
#     text: Set SELINUX=enforcing in /etc/selinux/config and run `setenforce 1`; where it was disabled, relabel first.
package casemate.host.mac.selinux_enforcing

applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	family != "rhel"
}

selinux := input.facets.selinux

right_now if selinux.running == "enforcing"

# Null below a mounted root, where only the configuration counts.
right_now if {
	selinux.running == null
	input.facets.identity.live == false
}

compliant if {
	selinux.configured == "enforcing"
	right_now
	input.facets.identity.os.family
}

deny contains {"message": sprintf("SELinux is %s now; wanted enforcing", [selinux.running])} if {
	is_string(selinux.running)
	selinux.running != "enforcing"
}

deny contains {"message": sprintf("/etc/selinux/config says %s; wanted enforcing", [selinux.configured])} if {
	is_string(selinux.configured)
	selinux.configured != "enforcing"
}

deny contains {"message": "/etc/selinux/config sets no mode"} if selinux.configured == null
