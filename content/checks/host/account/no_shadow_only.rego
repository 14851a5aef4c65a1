# METADATA
# title: "/etc/shadow has no lines without an account"
# description: A password left behind comes back to life with the next account of that name.
# custom:
#   id: host.account.no_shadow_only
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: low
#   remediation:
#     text: Remove the lines with vipw -s.
package casemate.host.account.no_shadow_only

orphans := input.facets.accounts.shadow_only

compliant if count(orphans) == 0

deny contains {"message": sprintf("%s stands in shadow, but not in passwd", [name]), "evidence": {"user": name}} if {
	some name in orphans
}
