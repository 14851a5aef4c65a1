# METADATA
# title: CloudFront distribution serves HTTPS by SNI
# description: >-
#   Addresses kept for one certificate are dear, and no browser of this decade needs them.
# custom:
#   id: aws.cloudfront.sni
#   kind: aws.cloudfront.distribution
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["CloudFront.8"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   remediation:
#     text: >-
#       Set `SSLSupportMethod` to sni-only.
package casemate.aws.cloudfront.sni

configuration := input.facets.configuration

certificate := object.get(configuration, "ViewerCertificate", {})

# CloudFront's own certificate needs neither.
applies if not certificate.CloudFrontDefaultCertificate == true

method := object.get(certificate, "SSLSupportMethod", "none")

compliant if method == "sni-only"

deny contains {"message": sprintf("certificates are chosen by %s; wanted sni-only", [method]), "evidence": {"SSLSupportMethod": method}} if not compliant
