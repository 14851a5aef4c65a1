# METADATA
# title: IAM user that is no administrator cannot make itself one
# description: >-
#   The policies of the user together are read for the known ways: new versions of policies, attaching and writing
#   them, keys of others, trust policies, boundaries, passing roles to services that run code, code that runs with
#   others' roles. Rights on things named one by one are left aside, and so are policies of the organisation.
# custom:
#   id: aws.iam.user_no_escalation
#   kind: aws.iam.user
#   area: identity
#   needs: [identity_policies, boundary]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18", "A.8.2"]
#     nist_800_53_r5: ["AC-3", "AC-5(b)", "AC-6", "AC-6(2)", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   attack: [T1098]
#   remediation:
#     text: >-
#       Name the resources of these actions, or move them to a role that few may assume.
#     command: aws iam list-groups-for-user --user-name USER
package casemate.aws.iam.user_no_escalation

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.identity

policies := input.facets.identity_policies

boundary := input.facets.boundary

admin if {
	count(identity.admin_policies(policies)) > 0
	not identity.frozen(policies)
	identity.unbounded(boundary)
}

# Administrators are told by `aws.iam.user_no_admin`.
applies if {
	not admin
}

list := escalation.statements([entry.document | some entry in policies.items])

# Assuming roles and getting into instances lead to what others may do, not to more for oneself.
groups := escalation.all - {"assume", "host"}

open := escalation.bounded(escalation.open(list, groups), boundary)

compliant if {
	identity.readable(policies)
	identity.boundary_readable(boundary)
	count(open) == 0
}

deny contains {"message": sprintf("it gets %s", [concat(", ", sort(open))]), "evidence": {"ways": sort(open)}} if {
	identity.readable(policies)
	identity.boundary_readable(boundary)
	count(open) > 0
}
