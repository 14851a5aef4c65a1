# METADATA
# title: sudo gives up after a few wrong passwords
# description: A script in the user's session that guesses his password starts anew each time, and each time leaves a
#   line in the log.
# custom:
#   id: host.sudo.passwd_tries
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   attack: [T1110.001]
#   params:
#     most: {type: int, default: 3, description: most attempts}
#   remediation:
#     text: Remove passwd_tries or set it to 3.
package casemate.host.sudo.passwd_tries

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

tries := object.get(input.facets.sudoers.effective, "passwd_tries", "3")

fits if {
	regex.match(`^[0-9]{1,6}$`, tries)
	to_number(tries) <= data.params.most
}

compliant if fits

deny contains {
	"message": sprintf("passwd_tries is %s; wanted %d or less", [tries, data.params.most]),
	"evidence": {"passwd_tries": tries},
} if {
	tries
	not fits
}
