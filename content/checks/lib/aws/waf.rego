# Web ACLs of WAF, as `wafv2:GetWebACL` describes them.
package casemate.lib.aws.waf

# Names of all rules: its own and those that Firewall Manager puts before and behind them.
names(acl) := {rule.Name |
	some list in ["Rules", "PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups"]
	some rule in acl[list]
}

# What keeps no count: the web ACL itself, and its rules.
silent(acl) := {"the default action" | acl.VisibilityConfig.CloudWatchMetricsEnabled == false} | {rule.Name |
	some rule in acl.Rules
	rule.VisibilityConfig.CloudWatchMetricsEnabled == false
}
