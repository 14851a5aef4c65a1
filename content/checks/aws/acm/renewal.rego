# METADATA
# title: Renewal of the certificate goes well
# description: >-
#   A renewal that waits for somebody or failed ends in an outage on a day that is known.
# custom:
#   id: aws.acm.renewal
#   kind: aws.acm.certificate
#   area: encryption
#   needs: [certificate]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ACM.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Put back the DNS record that proves the domain, or answer the mail.
#     command: aws acm describe-certificate --certificate-arn ARN
package casemate.aws.acm.renewal

certificate := input.facets.certificate

bad := {"PENDING_VALIDATION", "FAILED"}

status := certificate.RenewalSummary.RenewalStatus

unrenewed if {
	is_string(certificate.Status)
	not status
}

applies if not unrenewed

compliant if {
	is_string(status)
	not status in bad
}

deny contains {"message": sprintf("its renewal is %s", [replace(lower(status), "_", " ")]), "evidence": certificate.RenewalSummary} if status in bad
