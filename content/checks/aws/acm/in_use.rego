# METADATA
# title: Certificate is in use
# description: >-
#   One that nothing uses is renewed or forgotten all the same, and its key lies about.
# custom:
#   id: aws.acm.in_use
#   kind: aws.acm.certificate
#   area: governance
#   needs: [certificate]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.9"]
#     nist_800_53_r5: ["CM-8(b)"]
#   remediation:
#     text: >-
#       Delete it unless it waits for its use.
#     command: aws acm delete-certificate --certificate-arn ARN
package casemate.aws.acm.in_use

certificate := input.facets.certificate

# It may be used anywhere once it was exported.
exported if certificate.Options.Export == "ENABLED"

applies if not exported

compliant if count(certificate.InUseBy) > 0

deny contains {"message": "nothing uses it", "evidence": {"InUseBy": []}} if {
	is_array(certificate.InUseBy)
	count(certificate.InUseBy) == 0
}
