# METADATA
# title: Certificate does not end soon
# description: >-
#   Certificates that AWS issued are renewed 60 days before their end; one with fewer than 30 days left was brought in and
#   forgotten, or its renewal fails.
# custom:
#   id: aws.acm.not_expiring
#   kind: aws.acm.certificate
#   area: encryption
#   needs: [certificate]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ACM.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   clock: day
#   params:
#     days: {type: int, default: 30, description: fewest days that a certificate must still be good}
#   remediation:
#     text: >-
#       Import the new certificate under the same ARN, or see what keeps the renewal: mostly a DNS record that is gone.
#     command: aws acm import-certificate --certificate-arn ARN --certificate fileb://cert.pem --private-key fileb://key.pem
package casemate.aws.acm.not_expiring

import data.casemate.lib.date

certificate := input.facets.certificate

# It was never issued, and so does not end.
unissued if {
	certificate.Status in {"PENDING_VALIDATION", "VALIDATION_TIMED_OUT", "FAILED"}
	not certificate.NotAfter
}

applies if not unissued

left := date.days(certificate.NotAfter) - input.today_days

compliant if left > data.params.days

deny contains {"message": sprintf("it ends on %s", [substring(certificate.NotAfter, 0, 10)]), "evidence": {"NotAfter": certificate.NotAfter, "days": left}} if left <= data.params.days
