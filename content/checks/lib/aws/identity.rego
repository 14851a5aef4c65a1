# What a principal may do by its identity policies: the facet `identity_policies` of users, groups and roles, with the
# boundary of users and roles. Policies of the organisation are not part of it.
package casemate.lib.aws.identity

import data.casemate.lib.aws.policy

# Every document is there and could be read.
readable(facet) if {
	is_array(facet.items)
	every entry in facet.items { entry.document.valid == true }
}

# A boundary that is not set, or one that could be read.
boundary_readable(boundary) if boundary.present == false

boundary_readable(boundary) if {
	boundary.present == true
	boundary.document.valid == true
}

# The boundary leaves everything allowed.
unbounded(boundary) if boundary.present == false

unbounded(boundary) if {
	boundary.present == true
	policy.allows_all(boundary.document)
	not policy.denies_all(boundary.document)
}

# Policies that allow everything on everything.
admin_policies(facet) := [entry |
	some entry in facet.items
	policy.allows_all(entry.document)
]

# Some policy denies everything on everything.
frozen(facet) if {
	some entry in facet.items
	policy.denies_all(entry.document)
}

# Where a policy comes from, for messages.
origin(entry) := sprintf("the inline policy %s", [entry.name]) if {
	entry.from == "inline"
	not entry.group
}

origin(entry) := sprintf("the inline policy %s of group %s", [entry.name, short(entry.group)]) if {
	entry.from == "inline"
	entry.group
}

origin(entry) := sprintf("the policy %s", [entry.name]) if {
	entry.from == "attached"
	not entry.group
}

origin(entry) := sprintf("the policy %s of group %s", [entry.name, short(entry.group)]) if {
	entry.from == "attached"
	entry.group
}

# What stands behind the last slash of an ARN.
short(arn) := regex.replace(arn, `^.*/`, "")

# What evidence needs of policies.
shown(entries) := [object.remove(entry, ["document"]) | some entry in entries]
