# METADATA
# title: Web ACL is logged
# description: >-
#   Only the log says which requests were turned away, which were let in, and by what rule.
# custom:
#   id: aws.wafv2.logging
#   kind: aws.wafv2.web_acl
#   area: logging
#   needs: [configuration, logging]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["WAF.11"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Set a log group, bucket or stream whose name begins with aws-waf-logs-.
#     command: aws wafv2 put-logging-configuration --logging-configuration ResourceArn=ARN,LogDestinationConfigs=ARN
package casemate.aws.wafv2.logging

places := [place |
	some one in input.facets.logging.items
	some place in one.LogDestinationConfigs
]

compliant if {
	is_string(input.facets.configuration.ARN)
	some place in places
	startswith(place, "arn:")
}

deny contains {"message": "requests are not logged", "evidence": {"ARN": object.get(input.facets.configuration, "ARN", null)}} if not compliant
