# METADATA
# title: login.defs takes rights from others on new files
# description: pam_umask gives each session this mask, and useradd makes homes with it.
# custom:
#   id: host.login_policy.umask
#   kind: host
#   area: accounts
#   needs: [login_policy]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.4.3.3"]
#     anssi_bp_028: [R36]
#     disa_stig_ubuntu_22.04: [UBTU-22-412035]
#     disa_stig_ubuntu_24.04: [UBTU-24-300030]
#     ssg: [accounts_umask_etc_login_defs]
#   attack: [T1083]
#   params:
#     umask: {type: string, default: "027", description: bits that must be taken away}
#   remediation:
#     text: Set UMASK to 027 or stricter in /etc/login.defs.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*UMASK\b/d' /etc/login.defs && printf 'UMASK 027\n' >> /etc/login.defs
package casemate.host.login_policy.umask

import data.casemate.lib.accounts

defs := input.facets.login_policy.login_defs

strict if accounts.umask_strict(defs.UMASK, data.params.umask)

compliant if strict

deny contains {
	"message": sprintf("UMASK is %s; wanted %s or stricter", [object.get(defs, "UMASK", "not set"), data.params.umask]),
	"evidence": {"UMASK": object.get(defs, "UMASK", null), "file": "/etc/login.defs"},
} if {
	defs
	not strict
}
