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
#   frameworks:
#     aws_fsbp: ["Cognito.1"]
#     iso_27001_2022: ["A.5.7", "A.5.25", "A.8.16"]
#     nist_800_53_r5: ["AC-2(12)(a)", "AU-6(1)", "RA-3(4)", "SI-4(1)", "SI-4(2)", "SI-4(4)(b)", "SI-4(a)(1)", "SI-4(a)(2)", "SI-4(b)"]
#     pci_dss_4.0: ["10.4.1.1", "11.5.1"]
#   attack: [T1110]
#   remediation:
#     text: >-
#       Take the Plus tier and set threat protection to full function.
package casemate.aws.cognito.threat_protection

configuration := input.facets.configuration

mode := object.get(configuration, ["UserPoolAddOns", "AdvancedSecurityMode"], "OFF")

compliant if mode == "ENFORCED"

deny contains {"message": sprintf("threat protection is %s; wanted ENFORCED", [mode]), "evidence": {"AdvancedSecurityMode": mode}} if not compliant
