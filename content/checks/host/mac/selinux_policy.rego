# METADATA
# title: SELinux uses a policy that confines services
# description: >-
#   `minimum` confines next to nothing. `targeted` confines services, `mls` everything.
# custom:
#   id: host.mac.selinux_policy
#   kind: host
#   area: access
#   needs: [selinux, identity]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R46, R64]
#     ssg: [selinux_policytype]
#   params:
#     allowed: {type: list, default: ["targeted", "mls"], description: accepted policies}
#   remediation:
#     text: Set SELINUXTYPE=targeted in /etc/selinux/config.
package casemate.host.mac.selinux_policy

applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	family != "rhel"
}

policy := input.facets.selinux.policy

compliant if {
	policy in data.params.allowed
	input.facets.identity.os.family
}

deny contains {"message": sprintf("SELINUXTYPE is %s; wanted %s", [policy, concat(" or ", data.params.allowed)])} if {
	is_string(policy)
	not policy in data.params.allowed
}

deny contains {"message": "/etc/selinux/config names no policy"} if policy == null
