# METADATA
# title: Macie looks for sensitive data in the region
# description: >-
#   It says which buckets hold names, numbers and keys, and which of those are open.
# custom:
#   id: aws.macie2.enabled
#   kind: aws.account_region
#   area: monitoring
#   needs: [macie]
#   severity: low
#   remediation:
#     text: >-
#       Turn Macie on, and its automated discovery.
#     command: aws macie2 enable-macie
package casemate.aws.macie2.enabled

macie := input.facets.macie

compliant if macie.status == "ENABLED"

deny contains {"message": "Macie is off", "evidence": {"present": false}} if macie.present == false

deny contains {"message": "Macie is paused", "evidence": {"status": macie.status}} if macie.status == "PAUSED"
