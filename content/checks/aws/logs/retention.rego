# METADATA
# title: Log group keeps its events for a year
# description: >-
#   What happened half a year ago is asked for when an intrusion is found; a group without a limit keeps all for
#   ever.
# custom:
#   id: aws.logs.retention
#   kind: aws.logs.group
#   area: logging
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.33", "A.8.15"]
#     nist_800_53_r5: ["AU-11", "AU-11(1)", "SI-12"]
#     pci_dss_4.0: ["10.5.1"]
#   params:
#     days: {type: int, default: 365, description: fewest days}
#   remediation:
#     text: >-
#       Set a retention of a year or more, or none.
#     command: aws logs put-retention-policy --log-group-name NAME --retention-in-days 365
package casemate.aws.logs.retention

configuration := input.facets.configuration

days := configuration.retentionInDays

# Without a limit events are kept for ever.
compliant if {
	is_string(configuration.logGroupName)
	not days
}

compliant if days >= data.params.days

deny contains {"message": sprintf("events are kept for %d days; wanted %d", [days, data.params.days]), "evidence": {"retentionInDays": days}} if {
	days < data.params.days
}
