# METADATA
# title: SNS topic is not open to everybody
# description: >-
#   Whoever may subscribe reads what is published, and whoever may publish speaks to all subscribers. The topic's owner
#   as a condition (`aws:SourceOwner`) narrows, as does any other on the caller; one on transport does not.
# custom:
#   id: aws.sns.not_public
#   kind: aws.sns.topic
#   area: network
#   needs: [attributes]
#   severity: high
#   frameworks:
#     aws_fsbp: ["SNS.4"]
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   remediation:
#     text: >-
#       Name the accounts in the statement, or add a condition on `aws:SourceArn`, `aws:SourceAccount` or `aws:PrincipalOrgID`.
#     command: aws sns remove-permission --topic-arn ARN --label SID
package casemate.aws.sns.not_public

import data.casemate.lib.aws.policy

attributes := input.facets.attributes

open := policy.public_statements(attributes.Policy)

# A topic without a policy answers its own account alone.
compliant if {
	is_string(attributes.TopicArn)
	not attributes.Policy
}

compliant if {
	attributes.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in by %s", [policy.label(attributes.Policy, statement)]), "evidence": statement} if {
	some statement in open
}
