# METADATA
# title: CloudFront distribution shows a certificate of its own
# description: >-
#   With the certificate of CloudFront it can be reached only by its name under cloudfront.net, and
#   viewers with any old TLS are served.
# custom:
#   id: aws.cloudfront.certificate
#   kind: aws.cloudfront.distribution
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudFront.7"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set a certificate of ACM in us-east-1 and the names that it is for.
package casemate.aws.cloudfront.certificate

configuration := input.facets.configuration

certificate := object.get(configuration, "ViewerCertificate", {})

compliant if startswith(certificate.ACMCertificateArn, "arn:")

compliant if object.get(certificate, "IAMCertificateId", "") != ""

deny contains {"message": "the certificate is that of CloudFront", "evidence": {"CloudFrontDefaultCertificate": object.get(certificate, "CloudFrontDefaultCertificate", null)}} if not compliant
