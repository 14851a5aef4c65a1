# METADATA
# title: Sessions are encrypted with a key of yours
# description: >-
#   On top of TLS, with a key whose policy says who may open a session.
# custom:
#   id: aws.ssm.session_kms
#   kind: aws.account_region
#   area: encryption
#   needs: [ssm_session_preferences]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set a key of KMS in the preferences of Session Manager.
package casemate.aws.ssm.session_kms

facet := input.facets.ssm_session_preferences

key := object.get(facet, ["Content", "inputs", "kmsKeyId"], "")

compliant if key != ""

deny contains {"message": "no key is set", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
