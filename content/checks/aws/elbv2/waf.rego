# METADATA
# title: Application load balancer stands behind a web ACL
# description: >-
#   A web ACL turns away floods, known attack patterns and robots before they reach the application.
# custom:
#   id: aws.elbv2.waf
#   kind: aws.elbv2.load_balancer
#   area: network
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: out, kind: aws.wafv2.protection, facets: [configuration]}
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ELB.16"]
#     iso_27001_2022: ["A.8.26"]
#     nist_800_53_r5: ["SC-5(a)"]
#     pci_dss_4.0: ["6.4.1", "6.4.2"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Associate a web ACL with the load balancer.
#     command: aws wafv2 associate-web-acl --web-acl-arn ACL --resource-arn ARN
package casemate.aws.elbv2.waf

configuration := input.facets.configuration

fits if configuration.Type == "application"

applies if not elsewhere

elsewhere if configuration.Type != "application"

acls := [one.resource.id | some one in data.estate.related]

compliant if {
	fits
	count(acls) > 0
}

deny contains {"message": "no web ACL stands before it", "evidence": {"web_acls": acls}} if {
	fits
	count(acls) == 0
}
