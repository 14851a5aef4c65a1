# METADATA
# title: Every line of the account files makes sense
# description: "Programs differ in what they make of a damaged line: one skips it, another sees an account without a
#   password."
# custom:
#   id: host.account.files_understood
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: medium
#   remediation:
#     text: Run pwck -r and grpck -r, and mend what they name.
package casemate.host.account.files_understood

malformed := input.facets.accounts.malformed

compliant if count(malformed) == 0

deny contains {"message": sprintf("cannot be understood: %s:%d", [place.file, place.line]), "evidence": place} if {
	some place in malformed
}
