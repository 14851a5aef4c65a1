# METADATA
# title: Rules of a web ACL count in CloudWatch
# description: >-
#   Without a count nobody sees that a rule suddenly fits, or never does.
# custom:
#   id: aws.wafv2.rule_metrics
#   kind: aws.wafv2.web_acl
#   area: monitoring
#   needs: [rules]
#   severity: low
#   frameworks:
#     aws_fsbp: ["WAF.12"]
#     iso_27001_2022: ["A.8.6", "A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#   remediation:
#     text: >-
#       Turn on CloudWatch metrics in the visibility of the web ACL and each rule.
package casemate.aws.wafv2.rule_metrics

import data.casemate.lib.aws.waf

bad := waf.silent(input.facets.rules)

compliant if {
	input.facets.rules.VisibilityConfig.CloudWatchMetricsEnabled == true
	every rule in object.get(input.facets.rules, "Rules", []) { rule.VisibilityConfig.CloudWatchMetricsEnabled == true }
}

deny contains {"message": sprintf("%s does not count", [name]), "evidence": {"name": name}} if some name in bad
