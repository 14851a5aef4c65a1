# METADATA
# title: Security Hub judges by a standard
# description: >-
#   Without a standard it gathers findings and has none of its own.
# custom:
#   id: aws.securityhub.standards
#   kind: aws.account_region
#   area: monitoring
#   needs: [securityhub_standards]
#   severity: low
#   params:
#     standards: {type: list, default: [aws-foundational-security-best-practices, cis-aws-foundations-benchmark], description: parts of ARNs of standards of which one is enough}
#   remediation:
#     text: >-
#       Enable the foundational best practices, or the CIS benchmark.
package casemate.aws.securityhub.standards

standards := input.facets.securityhub_standards

# Where the hub is off, `aws.securityhub.enabled` says so.
applies if not standards.present == false

wanted(one) if {
	some part in data.params.standards
	contains(one.StandardsArn, part)
}

active := [one.StandardsArn |
	some one in standards.items
	wanted(one)
	one.StandardsStatus in {"READY", "PENDING", "INCOMPLETE"}
]

compliant if count(active) > 0

deny contains {"message": "no wanted standard is enabled", "evidence": {"standards": [one.StandardsArn | some one in standards.items]}} if {
	is_array(standards.items)
	count(active) == 0
}
