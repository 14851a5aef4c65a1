# METADATA
# title: User pool of Cognito is protected from deletion
# description: >-
#   With the pool all its users and their passwords are gone, and there is no backup.
# custom:
#   id: aws.cognito.deletion_protection
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.33"]
#     nist_800_53_r5: ["CP-2(5)"]
#   remediation:
#     text: >-
#       Set deletion protection to active.
package casemate.aws.cognito.deletion_protection

configuration := input.facets.configuration

compliant if configuration.DeletionProtection == "ACTIVE"

deny contains {"message": "one call deletes the pool and its users", "evidence": {"DeletionProtection": object.get(configuration, ["DeletionProtection"], null)}} if not compliant
