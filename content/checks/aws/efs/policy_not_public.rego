# METADATA
# title: Policy of an EFS file system does not let everybody in
# description: >-
#   A file system without a policy lets in whoever reaches a mount target; one whose policy names everybody
#   without a condition on the caller does so for good, and for clients that sign their requests from other
#   accounts too. Access by mount targets alone (`elasticfilesystem:AccessedViaMountTarget`) counts as narrowed.
# custom:
#   id: aws.efs.policy_not_public
#   kind: aws.efs.file_system
#   area: storage
#   needs: [policy]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Name the roles in the policy, and ask for TLS.
#     command: aws efs put-file-system-policy --file-system-id ID --policy file://policy.json
package casemate.aws.efs.policy_not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

by_mount_target(statement) if {
	some condition in statement.condition
	condition.operator == "bool"
	condition.key == "elasticfilesystem:accessedviamounttarget"
	condition.values == ["true"]
}

open := [statement |
	some statement in policy.public_statements(facet.Policy)
	not by_mount_target(statement)
]

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in: %s", [policy.named(open)]), "evidence": {"statements": open}} if count(open) > 0
