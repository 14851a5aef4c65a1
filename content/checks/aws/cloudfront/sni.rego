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
