# METADATA
# title: Event bus is not open to everybody
# description: >-
#   Whoever may put events starts what the rules of the bus start.
# custom:
#   id: aws.eventbridge.not_public
#   kind: aws.eventbridge.bus
#   area: compute
#   needs: [configuration]
#   severity: high
#   frameworks:
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Name the accounts or the organisation in the statement.
package casemate.aws.eventbridge.not_public

import data.casemate.lib.aws.policy

configuration := input.facets.configuration

open := policy.public_statements(configuration.Policy)

# Without a policy the account alone may put events.
compliant if {
	is_string(configuration.Arn)
	not configuration.Policy
}

compliant if {
	configuration.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("the policy lets everybody in by %s", [policy.named([statement])]), "evidence": statement} if some statement in open
