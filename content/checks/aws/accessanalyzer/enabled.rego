# METADATA
# title: Access Analyzer looks for access from outside in this region
# description: >-
#   Access Analyzer proves which buckets, keys, roles and queues others may reach, and says so when that changes.
# custom:
#   id: aws.accessanalyzer.enabled
#   kind: aws.account_region
#   area: monitoring
#   needs: [access_analyzers]
#   severity: low
#   remediation:
#     text: >-
#       Make an analyzer in every region that is in use.
#     command: aws accessanalyzer create-analyzer --analyzer-name external --type ACCOUNT
package casemate.aws.accessanalyzer.enabled

analyzers := input.facets.access_analyzers.items

working := [one | some one in analyzers; one.type in {"ACCOUNT", "ORGANIZATION"}; one.status == "ACTIVE"]

compliant if count(working) > 0

deny contains {"message": "no analyzer for access from outside is active", "evidence": input.facets.access_analyzers} if {
	is_array(analyzers)
	count(working) == 0
}
