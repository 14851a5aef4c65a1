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
#   remediation:
#     text: >-
#       Set a certificate of ACM in us-east-1 and the names that it is for.
package casemate.aws.cloudfront.certificate

configuration := input.facets.configuration

certificate := object.get(configuration, "ViewerCertificate", {})

compliant if startswith(certificate.ACMCertificateArn, "arn:")

compliant if object.get(certificate, "IAMCertificateId", "") != ""

deny contains {"message": "the certificate is that of CloudFront", "evidence": {"CloudFrontDefaultCertificate": object.get(certificate, "CloudFrontDefaultCertificate", null)}} if not compliant
