# METADATA
# title: IAM role that reads everything is not open to other accounts
# description: >-
#   The policy ReadOnlyAccess of AWS reads the data too: objects, tables, messages. A role with it that another
#   account may assume shows that account nearly all.
# custom:
#   id: aws.iam.role_readonly_cross_account
#   kind: aws.iam.role
#   area: identity
#   needs: [configuration, trust]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   remediation:
#     text: >-
#       Attach `ViewOnlyAccess` or `SecurityAudit`, which leave the data aside, or take the other account out of the
#       trust policy.
#     command: aws iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess
package casemate.aws.iam.role_readonly_cross_account

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.trust

document := input.facets.trust.document

attached := input.facets.configuration.AttachedManagedPolicies

reads if {
	some one in attached
	endswith(one.PolicyArn, ":aws:policy/ReadOnlyAccess")
}

own := trust.account_of(input.resource.id)

others contains other if {
	some statement in document.statements
	statement.effect == "Allow"
	some name in statement.principal.AWS
	other := trust.account_of(name)
	other != own
}

others contains "everybody" if {
	some statement in document.statements
	statement.effect == "Allow"
	policy.everybody(statement)
}

compliant if {
	is_array(attached)
	document.valid == true
	not reads
}

compliant if {
	is_array(attached)
	document.valid == true
	count(others) == 0
}

deny contains {"message": sprintf("it reads everything for %s", [concat(", ", sort(others))]), "evidence": {"accounts": sort(others)}} if {
	reads
	count(others) > 0
}
