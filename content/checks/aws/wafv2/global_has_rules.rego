# METADATA
# title: Web ACL of CloudFront has rules
# description: >-
#   A web ACL without rules does to every request what its default action says: mostly it lets it in.
# custom:
#   id: aws.wafv2.global_has_rules
#   kind: aws.wafv2.global_web_acl
#   area: network
#   needs: [rules]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["WAF.10"]
#     iso_27001_2022: ["A.8.26"]
#     nist_800_53_r5: ["SC-5(a)", "SI-4(2)"]
#     pci_dss_4.0: ["6.4.1", "6.4.2"]
#   remediation:
#     text: >-
#       Add managed rule groups, or rules of your own.
package casemate.aws.wafv2.global_has_rules

import data.casemate.lib.aws.waf

found := waf.names(input.facets.rules)

compliant if count(found) > 0

deny contains {"message": "the web ACL has no rules", "evidence": {"DefaultAction": object.get(input.facets.rules, "DefaultAction", null)}} if not compliant
