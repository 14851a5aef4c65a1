# METADATA
# title: Rules of a web ACL of CloudFront count in CloudWatch
# description: >-
#   Without a count nobody sees that a rule suddenly fits, or never does.
# custom:
#   id: aws.wafv2.global_rule_metrics
#   kind: aws.wafv2.global_web_acl
#   area: monitoring
#   needs: [rules]
#   severity: low
#   remediation:
#     text: >-
#       Turn on CloudWatch metrics in the visibility of the web ACL and each rule.
package casemate.aws.wafv2.global_rule_metrics

import data.casemate.lib.aws.waf

bad := waf.silent(input.facets.rules)

compliant if {
	input.facets.rules.VisibilityConfig.CloudWatchMetricsEnabled == true
	every rule in object.get(input.facets.rules, "Rules", []) { rule.VisibilityConfig.CloudWatchMetricsEnabled == true }
}

deny contains {"message": sprintf("%s does not count", [name]), "evidence": {"name": name}} if some name in bad
