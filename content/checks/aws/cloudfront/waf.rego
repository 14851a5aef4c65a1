# METADATA
# title: CloudFront distribution stands behind a web ACL
# description: >-
#   A web ACL turns away known attacks and floods before they reach the origin.
# custom:
#   id: aws.cloudfront.waf
#   kind: aws.cloudfront.distribution
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudFront.6"]
#     iso_27001_2022: ["A.8.26"]
#     nist_800_53_r5: ["SC-5(a)"]
#     pci_dss_4.0: ["6.4.1", "6.4.2"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Make a web ACL of scope CLOUDFRONT and set it on the distribution.
package casemate.aws.cloudfront.waf

configuration := input.facets.configuration

acl := object.get(configuration, "WebACLId", "")

compliant if acl != ""

deny contains {"message": "no web ACL is set", "evidence": {"WebACLId": acl}} if not compliant
