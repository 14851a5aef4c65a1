# METADATA
# title: DynamoDB table is encrypted with a KMS key of the account
# description: >-
#   Without it DynamoDB encrypts with a key that AWS owns, whose use nobody sees in CloudTrail and nobody can
#   stop.
# custom:
#   id: aws.dynamodb.kms
#   kind: aws.dynamodb.table
#   area: encryption
#   needs: [table]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Set a KMS key for the table.
#     command: aws dynamodb update-table --table-name NAME --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=KEY
package casemate.aws.dynamodb.kms

table := input.facets.table

# A table with the key that AWS owns has no description.
status := object.get(table, ["SSEDescription", "Status"], "DISABLED")

type := object.get(table, ["SSEDescription", "SSEType"], "")

compliant if {
	status in {"ENABLED", "UPDATING"}
	type == "KMS"
}

deny contains {"message": "no KMS key of the account encrypts it", "evidence": {"Status": status, "SSEType": type}} if not compliant
