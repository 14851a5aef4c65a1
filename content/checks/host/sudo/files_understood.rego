# METADATA
# title: Every line of sudoers makes sense
# description: Older sudo refuses to work at all with a line it does not understand; a newer one skips it, and with it
#   a restriction.
# custom:
#   id: host.sudo.files_understood
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   remediation:
#     text: Run visudo -c and mend what it names.
package casemate.host.sudo.files_understood

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

malformed := input.facets.sudoers.malformed

compliant if count(malformed) == 0

deny contains {"message": sprintf("cannot be understood: %s:%d", [place.file, place.line]), "evidence": place} if {
	some place in malformed
}
