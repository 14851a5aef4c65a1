# METADATA
# title: Repository of images is not open to everybody
# description: >-
#   Everybody with an AWS account could pull the images, or push some, by what the policy allows.
# custom:
#   id: aws.ecr.not_public
#   kind: aws.ecr.repository
#   area: container
#   needs: [policy]
#   severity: high
#   frameworks:
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1525]
#   remediation:
#     text: >-
#       Name the accounts in the policy, or the organisation by `aws:PrincipalOrgID`.
#     command: aws ecr delete-repository-policy --repository-name NAME
package casemate.aws.ecr.not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.policyText)

compliant if facet.present == false

compliant if {
	facet.policyText.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in by %s", [policy.named([statement])]), "evidence": statement} if some statement in open
