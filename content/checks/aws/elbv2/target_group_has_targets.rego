# METADATA
# title: Target group behind a load balancer has targets
# description: >-
#   A load balancer that sends to nobody answers with errors, and whoever registers next gets what was meant
#   for others.
# custom:
#   id: aws.elbv2.target_group_has_targets
#   kind: aws.elbv2.target_group
#   area: governance
#   needs: [configuration, targets]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Register targets, or delete the group and the rule that leads to it.
package casemate.aws.elbv2.target_group_has_targets

group := input.facets.configuration

targets := input.facets.targets.items

balanced if count(group.LoadBalancerArns) > 0

applies if not elsewhere

elsewhere if {
	is_string(group.TargetGroupArn)
	not balanced
}

compliant if {
	balanced
	count(targets) > 0
}

deny contains {"message": "it has no target", "evidence": {"targets": targets}} if {
	balanced
	count(targets) == 0
}
