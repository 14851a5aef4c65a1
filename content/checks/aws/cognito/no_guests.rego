# METADATA
# title: Identity pool of Cognito gives no credentials to strangers
# description: >-
#   Everybody on the internet who knows the id of the pool gets credentials of the role for guests,
#   without signing in.
# custom:
#   id: aws.cognito.no_guests
#   kind: aws.cognito.identity_pool
#   area: identity
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.5"]
#     nist_800_53_r5: ["AC-3"]
#     pci_dss_4.0: ["7.3.1", "7.3.3"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Turn off guest access.
package casemate.aws.cognito.no_guests

configuration := input.facets.configuration

compliant if configuration.AllowUnauthenticatedIdentities == false

deny contains {"message": "guests get credentials of AWS", "evidence": {"AllowUnauthenticatedIdentities": true}} if configuration.AllowUnauthenticatedIdentities == true
