# METADATA
# title: User pool of Cognito asks for a second factor
# description: >-
#   A password that was guessed or leaked opens the account by itself. Where the second factor is
#   optional, users without one have none.
# custom:
#   id: aws.cognito.mfa
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.5"]
#     nist_800_53_r5: ["IA-2(1)", "IA-2(2)", "IA-2(8)"]
#     pci_dss_4.0: ["8.4.1", "8.4.2", "8.4.3"]
#   attack: [T1110]
#   remediation:
#     text: >-
#       Set MFA to required, with an authenticator app.
package casemate.aws.cognito.mfa

configuration := input.facets.configuration

mode := object.get(configuration, "MfaConfiguration", "OFF")

compliant if mode == "ON"

deny contains {"message": sprintf("the second factor is %s; wanted ON", [mode]), "evidence": {"MfaConfiguration": mode}} if not compliant
