# METADATA
# title: DynamoDB table is protected from deletion
# description: >-
#   One call removes a table and all that it holds.
# custom:
#   id: aws.dynamodb.deletion_protection
#   kind: aws.dynamodb.table
#   area: database
#   needs: [table]
#   severity: low
#   frameworks:
#     aws_fsbp: ["DynamoDB.6"]
#     iso_27001_2022: ["A.5.33"]
#     nist_800_53_r5: ["CP-2(5)"]
#   remediation:
#     text: >-
#       Turn deletion protection on.
#     command: aws dynamodb update-table --table-name NAME --deletion-protection-enabled
package casemate.aws.dynamodb.deletion_protection

configuration := input.facets.table

value := object.get(configuration, "DeletionProtectionEnabled", false)

compliant if value == true

deny contains {"message": "deletion protection is off", "evidence": {"DeletionProtectionEnabled": value}} if not compliant
