# What a principal may do by its identity policies: the facet `identity_policies` of users, groups and roles, with the
# boundary of users and roles. Policies of the organisation are not part of it.
package casemate.lib.aws.identity

import data.casemate.lib.aws.policy
import data.casemate.lib.date

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

# Seconds since 1970 of a time in ISO form, fractions left out.
seconds(text) := (((date.days(text) * 86400) + (number(text, 11) * 3600)) + (number(text, 14) * 60)) + number(text, 17) if {
	regex.match(`^[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}`, text)
}

number(text, place) := (to_number(substring(text, place, 1)) * 10) + to_number(substring(text, place + 1, 1))

# Days since something was used last, or since it was made where it never was; undefined where neither is known.
idle_days(used, made, today) := date.days(today) - date.days(used)

idle_days(used, made, today) := date.days(today) - date.days(made) if not date.days(used)
