# METADATA
# title: Bucket refuses keys that the caller brings
# description: >-
#   Whoever may write can encrypt your objects anew with a key of their own (SSE-C) and ask for money: nobody else, AWS
#   included, can open them.
# custom:
#   id: aws.s3.sse_c_blocked
#   kind: aws.s3.bucket
#   area: encryption
#   needs: [encryption]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.33", "A.8.13"]
#     nist_800_53_r5: ["CP-9(d)"]
#   attack: [T1486]
#   remediation:
#     text: >-
#       Block SSE-C in the bucket's encryption settings, where no program of yours uses it.
package casemate.aws.s3.sse_c_blocked

facet := input.facets.encryption

compliant if {
	some rule in facet.Rules
	"SSE-C" in rule.BlockedEncryptionTypes.EncryptionType
}

deny contains {"message": "keys of callers are taken (SSE-C)", "evidence": facet} if not compliant
