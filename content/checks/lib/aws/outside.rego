# Who is let in from other accounts.
package casemate.lib.aws.outside

import data.casemate.lib.aws.policy

# The account of a resource: its scope is `ACCOUNT` or `ACCOUNT/REGION`.
own(resource) := split(resource.scope, "/")[0]

# Accounts that an Allow statement lets in and that are neither ours nor accepted. A condition on the organisation keeps
# it in the house.
accounts(statement, ours, accepted) := {account |
	statement.effect == "Allow"
	not of_organization(statement)
	some name in statement.principal.AWS
	account := account_of(name)
	account != ours
	not account in accepted
}

account_of(name) := name if regex.match(`^[0-9]{12}$`, name)

account_of(name) := account if {
	startswith(name, "arn:")
	account := split(name, ":")[4]
	regex.match(`^[0-9]{12}$`, account)
}

of_organization(statement) if {
	some condition in statement.condition
	condition.key in {"aws:principalorgid", "aws:principalorgpaths"}
	policy.narrows(condition)
}

# Statements that let in other accounts, with those.
statements(document, ours, accepted) := [{"statement": statement, "accounts": sort(found)} |
	some statement in document.statements
	found := accounts(statement, ours, accepted)
	count(found) > 0
]

# Statements that let in a service of AWS without saying for whose resources.
services(document) := [statement |
	some statement in document.statements
	statement.effect == "Allow"
	count(statement.principal.Service) > 0
	not policy.narrowed(statement)
]
