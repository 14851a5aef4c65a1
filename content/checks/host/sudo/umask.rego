# METADATA
# title: Commands run by sudo create files for root alone
# description: A file that root writes by way of sudo is otherwise readable by everybody.
# custom:
#   id: host.sudo.umask
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   frameworks: {anssi_bp_028: [R39], ssg: [sudo_add_umask]}
#   params:
#     umask: {type: string, default: "077", description: bits that must be taken away}
#   remediation:
#     text: Add `Defaults umask=0077`.
#     command: printf 'Defaults umask=0077\n' > /etc/sudoers.d/casemate-umask && chmod 440 /etc/sudoers.d/casemate-umask && visudo -c
package casemate.host.sudo.umask

import data.casemate.lib.sudo
import data.casemate.lib.accounts

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

umask := input.facets.sudoers.effective.umask

strict if accounts.umask_strict(umask, data.params.umask)

compliant if strict

deny contains {
	"message": sprintf("umask is %s; wanted %s", [umask, data.params.umask]),
	"evidence": {"umask": umask},
} if {
	umask
	not strict
}

deny contains {"message": sprintf("umask is not set; wanted %s", [data.params.umask]), "evidence": {"umask": null}} if {
	input.facets.sudoers.effective
	not umask
}
