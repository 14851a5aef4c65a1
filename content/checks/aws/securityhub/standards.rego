# METADATA
# title: Security Hub judges by a standard
# description: >-
#   Without a standard it gathers findings and has none of its own.
# custom:
#   id: aws.securityhub.standards
#   kind: aws.account_region
#   area: monitoring
#   needs: [securityhub, securityhub_standards]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.36", "A.8.9", "A.8.16"]
#     nist_800_53_r5: ["CA-2(d)", "CA-7", "CA-7(b)"]
#     pci_dss_4.0: ["10.4.1.1"]
#   params:
#     standards: {type: list, default: [aws-foundational-security-best-practices, cis-aws-foundations-benchmark], description: parts of ARNs of standards of which one is enough}
#   remediation:
#     text: >-
#       Enable the foundational best practices, or the CIS benchmark.
package casemate.aws.securityhub.standards

hub := input.facets.securityhub

# Where the hub is off, `aws.securityhub.enabled` says so.
applies if not hub.present == false

standards := [one | some answer in input.facets.securityhub_standards.items; some one in answer.items]

wanted(one) if {
	some part in data.params.standards
	contains(one.StandardsArn, part)
}

active := [one.StandardsArn |
	some one in standards
	wanted(one)
	one.StandardsStatus in {"READY", "PENDING", "INCOMPLETE"}
]

compliant if {
	hub.present == true
	count(active) > 0
}

deny contains {"message": "no wanted standard is enabled", "evidence": {"standards": [one.StandardsArn | some one in standards]}} if {
	hub.present == true
	count(input.facets.securityhub_standards.items) > 0
	count(active) == 0
}
