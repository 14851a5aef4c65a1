# METADATA
# title: Secret is not open to everybody
# description: >-
#   The resource policy is read as AWS reads it: a condition on the caller narrows, one on transport does not.
# custom:
#   id: aws.secretsmanager.not_public
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [policy]
#   severity: critical
#   frameworks:
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.5.17", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1555.006]
#   remediation:
#     text: >-
#       Remove the statement or name the callers in it, turn on the block of public policies, and change the secret.
#     command: aws secretsmanager delete-resource-policy --secret-id NAME
package casemate.aws.secretsmanager.not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.ResourcePolicy)

# The answer is there and has no policy.
compliant if {
	is_string(facet.ARN)
	not facet.ResourcePolicy
}

compliant if {
	facet.ResourcePolicy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in by %s", [policy.label(facet.ResourcePolicy, statement)]), "evidence": statement} if {
	some statement in open
}
