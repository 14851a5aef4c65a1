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
#   remediation:
#     text: >-
#       Sign in as root and delete its certificates.
package casemate.aws.iam.root_no_signing_certificates

root := input.facets.root

compliant if root.signing_certificates == false

deny contains {"message": "the root user has signing certificates", "evidence": root} if root.signing_certificates == true
