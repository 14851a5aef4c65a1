# METADATA
# title: Services may invoke a Lambda function for your own resources alone
# description: >-
#   A statement that lets in a service without saying for whom lets that service's other customers reach the
#   function through it.
# custom:
#   id: aws.lambda.policy_service_narrowed
#   kind: aws.lambda.function
#   area: identity
#   needs: [policy]
#   severity: medium
#   frameworks:
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   remediation:
#     text: >-
#       Add `aws:SourceArn` or `aws:SourceAccount` to the statement.
package casemate.aws.lambda.policy_service_narrowed

import data.casemate.lib.aws.policy

facet := input.facets.policy

wide := [statement |
	some statement in facet.Policy.statements
	statement.effect == "Allow"
	count(statement.principal.Service) > 0
	not policy.narrowed(statement)
]

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s may invoke it for anybody (%s)", [concat(", ", statement.principal.Service), policy.named([statement])]), "evidence": statement} if {
	some statement in wide
}
