# METADATA
# title: CloudFront distribution serves no outdated TLS
# description: >-
#   Policies before TLSv1.2_2018 let viewers use TLS 1.0 and 1.1. The certificate of CloudFront itself
#   always allows TLS 1.0.
# custom:
#   id: aws.cloudfront.viewer_tls
#   kind: aws.cloudfront.distribution
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set a certificate of your own and `MinimumProtocolVersion` to TLSv1.2_2021 or newer.
package casemate.aws.cloudfront.viewer_tls

configuration := input.facets.configuration

version := object.get(configuration, ["ViewerCertificate", "MinimumProtocolVersion"], "TLSv1")

compliant if regex.match(`^TLSv1\.[23]_20[0-9]{2}$`, version)

deny contains {"message": sprintf("viewers may use %s", [version]), "evidence": {"MinimumProtocolVersion": version}} if not compliant
