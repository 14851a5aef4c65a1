# METADATA
# title: Definition of a state machine holds no credentials
# description: >-
#   Definitions are shown to everybody who may read the state machine, and end in templates and histories.
# custom:
#   id: aws.stepfunctions.definition_no_credentials
#   kind: aws.stepfunctions.state_machine
#   area: secrets
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Keep it in Secrets Manager, let a task read it, and replace it: it was seen.
package casemate.aws.stepfunctions.definition_no_credentials

found := input.facets.configuration.definition.detected

compliant if count(found) == 0

deny contains {"message": sprintf("the definition holds what looks like a secret (%s)", [detector]), "evidence": {"detector": detector}} if some detector in found
