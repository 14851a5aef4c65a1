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
#   attack: [T1190]
#   remediation:
#     text: >-
#       Make a web ACL of scope CLOUDFRONT and set it on the distribution.
package casemate.aws.cloudfront.waf

configuration := input.facets.configuration

acl := object.get(configuration, "WebACLId", "")

compliant if acl != ""

deny contains {"message": "no web ACL is set", "evidence": {"WebACLId": acl}} if not compliant
