# METADATA
# title: IAM user has no active signing certificate
# description: >-
#   Certificates for signing SOAP calls are of a time before access keys; one that is active is one more credential
#   that nobody watches.
# custom:
#   id: aws.iam.user_no_signing_certificate
#   kind: aws.iam.user
#   area: identity
#   needs: [credentials]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(h)"]
#   remediation:
#     text: >-
#       Delete the certificate.
#     command: aws iam delete-signing-certificate --user-name USER --certificate-id ID
package casemate.aws.iam.user_no_signing_certificate

credentials := input.facets.credentials

active := [number | some number in ["1", "2"]; credentials[sprintf("cert_%s_active", [number])] == "true"]

compliant if {
	credentials.cert_1_active == "false"
	credentials.cert_2_active == "false"
}

deny contains {"message": sprintf("certificate %s is active", [number]), "evidence": {"certificate": number}} if some number in active
