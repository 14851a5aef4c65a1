# What trust policies of roles mean (IAM User Guide, "AWS JSON policy elements: Principal" and "Roles terms and
# concepts").
package casemate.lib.aws.trust

import data.casemate.lib.aws.policy

# The account of a principal or of any ARN; undefined for `*` and for ids of principals that are gone.
account_of(name) := parts[4] if {
	startswith(name, "arn:")
	parts := split(name, ":")
	regex.match(`^[0-9]{12}$`, parts[4])
}

account_of(name) := name if regex.match(`^[0-9]{12}$`, name)

lets_assume(statement) if policy.reaches(statement, "sts:assumerole")

# Asks for an external id that cannot be anything.
asks_external_id(statement) if {
	some condition in statement.condition
	condition.key == "sts:externalid"
	condition.operator in policy.binding
	count(condition.values) > 0
	every value in condition.values { not regex.match(`^[*?]*$`, value) }
}
