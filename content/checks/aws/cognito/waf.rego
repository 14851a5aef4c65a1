# METADATA
# title: User pool of Cognito stands behind a web ACL
# description: >-
#   A web ACL turns away floods and robots that try passwords before they reach the sign-in.
# custom:
#   id: aws.cognito.waf
#   kind: aws.cognito.user_pool
#   area: network
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: out, kind: aws.wafv2.pool_protection, facets: [configuration]}
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.26"]
#     nist_800_53_r5: ["SC-5(a)"]
#     pci_dss_4.0: ["6.4.1", "6.4.2"]
#   attack: [T1110]
#   remediation:
#     text: >-
#       Associate a web ACL with the user pool.
#     command: aws wafv2 associate-web-acl --web-acl-arn ACL --resource-arn ARN
package casemate.aws.cognito.waf

acls := [one.resource.id | some one in data.estate.related]

compliant if {
	is_string(input.facets.configuration.Id)
	count(acls) > 0
}

deny contains {"message": "no web ACL stands before it", "evidence": {"web_acls": acls}} if count(acls) == 0
