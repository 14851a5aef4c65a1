# METADATA
# title: Root user has no signing certificates
# description: >-
#   A certificate for signing SOAP calls is a credential of the root user that nobody watches.
# custom:
#   id: aws.iam.root_no_signing_certificates
#   kind: aws.account
#   area: identity
#   needs: [root]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.8.2"]
#     nist_800_53_r5: ["AC-6(2)", "AC-6(10)", "IA-2"]
#     pci_dss_4.0: ["7.2.2", "8.2.2"]
#   remediation:
#     text: >-
#       Sign in as root and delete its certificates.
package casemate.aws.iam.root_no_signing_certificates

root := input.facets.root

compliant if root.signing_certificates == false

deny contains {"message": "the root user has signing certificates", "evidence": root} if root.signing_certificates == true
