# METADATA
# title: User pool of Cognito acts on threats at sign-in
# description: >-
#   Threat protection blocks or questions sign-ins with leaked passwords or from strange places; in audit
#   mode it only writes them down.
# custom:
#   id: aws.cognito.threat_protection
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: medium
#   attack: [T1110]
#   remediation:
#     text: >-
#       Take the Plus tier and set threat protection to full function.
package casemate.aws.cognito.threat_protection

configuration := input.facets.configuration

mode := object.get(configuration, ["UserPoolAddOns", "AdvancedSecurityMode"], "OFF")

compliant if mode == "ENFORCED"

deny contains {"message": sprintf("threat protection is %s; wanted ENFORCED", [mode]), "evidence": {"AdvancedSecurityMode": mode}} if not compliant
