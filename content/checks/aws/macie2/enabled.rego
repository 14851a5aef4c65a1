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
#   frameworks:
#     aws_fsbp: ["Macie.1"]
#     cis_aws_3.0: ["2.1.3"]
#     cis_aws_5.0: ["2.1.3"]
#     cis_aws_6.0: ["3.1.3"]
#     cis_aws_7.0: ["3.1.3"]
#     iso_27001_2022: ["A.5.12", "A.8.12"]
#     pci_dss_4.0: ["A3.2.5.1"]
#   remediation:
#     text: >-
#       Turn Macie on, and its automated discovery.
#     command: aws macie2 enable-macie
package casemate.aws.macie2.enabled

macie := input.facets.macie

compliant if macie.status == "ENABLED"

deny contains {"message": "Macie is off", "evidence": {"present": false}} if macie.present == false

deny contains {"message": "Macie is paused", "evidence": {"status": macie.status}} if macie.status == "PAUSED"
