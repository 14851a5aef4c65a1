# Policies that refuse requests without TLS.
package casemate.lib.aws.transport

import data.casemate.lib.aws.policy

# Statements that deny everybody every action of the service, on condition of plain transport alone.
refusals(document, service) := [statement |
	some statement in document.statements
	statement.effect == "Deny"
	all_callers(statement)
	all_actions(statement, service)
	plain_alone(statement)
]

# The same for one action; in lower case.
refusals_of(document, action) := [statement |
	some statement in document.statements
	statement.effect == "Deny"
	all_callers(statement)
	policy.reaches(statement, action)
	plain_alone(statement)
]

# Not by NotPrincipal: that spares some.
all_callers(statement) if "*" in statement.principal["*"]

all_callers(statement) if "*" in statement.principal.AWS

all_actions(statement, _) if policy.every_action(statement)

all_actions(statement, service) if {
	some pattern in statement.action
	pattern == sprintf("%s:*", [service])
}

plain_alone(statement) if {
	count(statement.condition) == 1
	some condition in statement.condition
	condition.key == "aws:securetransport"
	condition.operator in {"bool", "boolifexists", "stringequals", "stringequalsifexists"}
	"false" in {lower(value) | some value in condition.values}
}

# Whether the statement speaks of the resource, which may be a pattern itself.
covers(statement, resource) if {
	some pattern in statement.resource
	policy.fits(pattern, resource)
}

covers(statement, _) if policy.every_resource(statement)
