# METADATA
# title: IAM group that is no administrator cannot make itself one
# description: >-
#   The policies of the group together are read for the known ways: new versions of policies, attaching and writing
#   them, keys of others, trust policies, boundaries, passing roles to services that run code, code that runs with
#   others' roles. Rights on things named one by one are left aside, and so are policies of the organisation.
# custom:
#   id: aws.iam.group_no_escalation
#   kind: aws.iam.group
#   area: identity
#   needs: [identity_policies]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18", "A.8.2"]
#     nist_800_53_r5: ["AC-3", "AC-5(b)", "AC-6", "AC-6(2)", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   attack: [T1098]
#   remediation:
#     text: >-
#       Name the resources of these actions, or move them to a role that few may assume.
#     command: aws iam list-attached-group-policies --group-name GROUP
package casemate.aws.iam.group_no_escalation

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.identity

policies := input.facets.identity_policies

admin if count(identity.admin_policies(policies)) > 0

# Administrators are told by `aws.iam.group_no_admin`.
applies if {
	not admin
}

list := escalation.statements([entry.document | some entry in policies.items])

# Assuming roles and getting into instances lead to what others may do, not to more for oneself.
groups := escalation.all - {"assume", "host"}

open := escalation.open(list, groups)

compliant if {
	identity.readable(policies)
	count(open) == 0
}

deny contains {"message": sprintf("it gets for its members %s", [concat(", ", sort(open))]), "evidence": {"ways": sort(open)}} if {
	identity.readable(policies)
	count(open) > 0
}
