# METADATA
# title: IAM role that a service assumes says for whom
# description: >-
#   A service acts for all its customers. Where the trust policy does not say for which account or resource, another
#   customer may make the service use the role. Services that assume roles only for what is in the account itself
#   are left aside: they are a parameter.
# custom:
#   id: aws.iam.role_service_narrowed
#   kind: aws.iam.role
#   area: identity
#   needs: [configuration, trust]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   params:
#     own:
#       type: list
#       default: [
#         ec2.amazonaws.com, lambda.amazonaws.com, edgelambda.amazonaws.com, ecs-tasks.amazonaws.com, ecs.amazonaws.com,
#         eks.amazonaws.com, eks-fargate-pods.amazonaws.com, pods.eks.amazonaws.com, ssm.amazonaws.com, spotfleet.amazonaws.com
#       ]
#       description: services that assume roles for what stands in the same account alone
#   remediation:
#     text: >-
#       Add `aws:SourceAccount` or `aws:SourceArn` to the statement.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_service_narrowed

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.trust

document := input.facets.trust.document

applies if not trust.service_linked(input.facets.configuration)

open := [{"statement": statement, "service": service} |
	some statement in document.statements
	statement.effect == "Allow"
	some service in statement.principal.Service
	not service in data.params.own
	not policy.narrowed(statement)
]

compliant if {
	is_string(input.facets.configuration.Path)
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("%s may assume it for anybody", [one.service]), "evidence": one.statement} if some one in open
