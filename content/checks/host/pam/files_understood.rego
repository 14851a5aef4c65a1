# METADATA
# title: Every line of the PAM stacks makes sense
# description: PAM skips what it does not understand and only logs it; the line that is skipped may be the one that
#   refuses.
# custom:
#   id: host.pam.files_understood
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   remediation:
#     text: Mend the lines; journalctl -t login and the PAM messages of sshd name them too.
package casemate.host.pam.files_understood

malformed := input.facets.pam.malformed

compliant if count(malformed) == 0

deny contains {"message": sprintf("cannot be understood: %s:%d", [place.file, place.line]), "evidence": place} if {
	some place in malformed
}
