# METADATA
# title: Nobody makes himself a user of a Cognito user pool
# description: >-
#   Where users sign up by themselves, every stranger may become one, with whatever roles an identity pool
#   gives to users who are signed in. A pool for customers wants it: make an exception.
# custom:
#   id: aws.cognito.no_self_registration
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   remediation:
#     text: >-
#       Let administrators alone make users.
package casemate.aws.cognito.no_self_registration

configuration := input.facets.configuration

compliant if configuration.AdminCreateUserConfig.AllowAdminCreateUserOnly == true

deny contains {"message": "users sign up by themselves", "evidence": {"AllowAdminCreateUserOnly": object.get(configuration, ["AdminCreateUserConfig", "AllowAdminCreateUserOnly"], null)}} if not compliant
