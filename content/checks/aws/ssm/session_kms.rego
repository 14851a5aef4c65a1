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
#   remediation:
#     text: >-
#       Set a key of KMS in the preferences of Session Manager.
package casemate.aws.ssm.session_kms

facet := input.facets.ssm_session_preferences

key := object.get(facet, ["Content", "inputs", "kmsKeyId"], "")

compliant if key != ""

deny contains {"message": "no key is set", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
