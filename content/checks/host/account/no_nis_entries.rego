# METADATA
# title: Account files take no users from NIS
# description: A `+` line takes accounts, root's too, from whoever answers on the network, and a program that does not
#   know NIS takes it for an account.
# custom:
#   id: host.account.no_nis_entries
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: high
#   attack: [T1078]
#   remediation:
#     text: Remove the lines that begin with + from passwd, shadow and group.
package casemate.host.account.no_nis_entries

entries := input.facets.accounts.nis_entries

compliant if entries == false

deny contains {
	"message": "passwd, shadow or group holds + entries",
	"evidence": {"nis_entries": true},
} if entries == true
