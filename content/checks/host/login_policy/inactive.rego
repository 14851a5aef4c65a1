# METADATA
# title: New accounts are locked some time after their password ended
# description: Accounts of people who left without notice close by themselves.
# custom:
#   id: host.login_policy.inactive
#   kind: host
#   area: accounts
#   needs: [login_policy]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.4.1.5"]
#     disa_stig_ubuntu_22.04: [UBTU-22-411035]
#     disa_stig_ubuntu_24.04: [UBTU-24-200260]
#     ssg: [account_disable_post_pw_expiration]
#   attack: [T1078.003]
#   params:
#     most: {type: int, default: 45, description: most days between the end of a password and the lock}
#   remediation:
#     text: Set INACTIVE to 45 or less with useradd -D -f 45.
#     command: useradd -D -f 45
package casemate.host.login_policy.inactive

import data.casemate.lib.accounts

useradd := input.facets.login_policy.useradd

value := trim_space(useradd.INACTIVE)

fits if {
	n := accounts.integer(value)
	n >= 0
	n <= data.params.most
}

compliant if fits

deny contains {
	"message": sprintf(
		"INACTIVE is %s; wanted 0 to %d",
		[object.get(useradd, "INACTIVE", "not set"), data.params.most],
	),
	"evidence": {"INACTIVE": object.get(useradd, "INACTIVE", null), "file": "/etc/default/useradd"},
} if {
	useradd
	not fits
}
