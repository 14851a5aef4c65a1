# METADATA
# title: Performance Insights of a database are encrypted with a key
# description: >-
#   It keeps the texts of statements, and with them what stands in their conditions.
# custom:
#   id: aws.rds.performance_insights_key
#   kind: aws.rds.instance
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Give Performance Insights a KMS key: it can be said only when it is turned on.
package casemate.aws.rds.performance_insights_key

configuration := input.facets.configuration

applies if object.get(configuration, "PerformanceInsightsEnabled", false) == true

# What the instance is was not read.
applies if not is_string(configuration.DBInstanceIdentifier)

key := object.get(configuration, "PerformanceInsightsKMSKeyId", "")

compliant if key != ""

deny contains {"message": "no key is named", "evidence": {"PerformanceInsightsKMSKeyId": key}} if {
	configuration.PerformanceInsightsEnabled == true
	key == ""
}
