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
#   frameworks:
#     cis_aws_3.0: ["1.20"]
#     cis_aws_5.0: ["1.19"]
#     cis_aws_6.0: ["2.19"]
#     cis_aws_7.0: ["2.18"]
#     iso_27001_2022: ["A.5.18", "A.8.3"]
#     nist_800_53_r5: ["AC-2(j)", "AC-6", "CA-7"]
#     pci_dss_4.0: ["7.2.4"]
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
