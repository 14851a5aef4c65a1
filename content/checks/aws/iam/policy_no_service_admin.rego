# METADATA
# title: Customer managed policy does not allow all of a service on everything
# description: >-
#   All of a service holds deleting, sharing and passing on of rights, which its users seldom need.
# custom:
#   id: aws.iam.policy_no_service_admin
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: low
#   frameworks:
#     aws_fsbp: ["IAM.21"]
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       List the actions that the work needs, or name the resources.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_service_admin

import data.casemate.lib.aws.policy

document := input.facets.document.document

wide := {service |
	some statement in document.statements
	statement.effect == "Allow"
	some pattern in statement.action
	regex.match(`^[^:*?]+:\*+$`, pattern)
	service := split(pattern, ":")[0]
	policy.every_resource(statement)
	policy.unconditional(statement)
}

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("it allows all of %s", [concat(", ", sort(wide))]), "evidence": {"services": sort(wide)}} if count(wide) > 0
