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
	policy.binds(condition)
	count(condition.values) > 0
	every value in condition.values { not regex.match(`^[*?]*$`, value) }
}

# A principal is a whole account: its root, or its number.
whole_account(name) := account_of(name) if regex.match(`^(arn:[^:]*:iam::)?[0-9]{12}(:root)?$`, name)

# A condition keeps all but certain callers out.
narrowed(statement) if policy.narrowed(statement)

narrowed(statement) if asks_external_id(statement)

# The same for a statement that names accounts. Tags of principals bind there alone: in accounts of his own anybody sets
# what tags he likes.
narrowed_within(statement) if narrowed(statement)

narrowed_within(statement) if {
	some condition in statement.condition
	policy.binds(condition)
	startswith(condition.key, "aws:principaltag/")
	every value in condition.values { not regex.match(`^[*?]*$`, value) }
}

# The providers of OpenID Connect that a statement trusts, as they stand in condition keys.
oidc_providers(statement) := {lower(host) |
	policy.reaches(statement, "sts:assumerolewithwebidentity")
	some name in statement.principal.Federated
	contains(name, ":oidc-provider/")
	host := regex.replace(name, `^.*:oidc-provider/`, "")
}

# Providers where everybody can have an account, and the claim that says for which application a token was made.
public_providers := {
	"cognito-identity.amazonaws.com": ["cognito-identity.amazonaws.com:aud"],
	"accounts.google.com": ["accounts.google.com:aud", "accounts.google.com:oaud"],
	"www.amazon.com": ["www.amazon.com:app_id"],
	"graph.facebook.com": ["graph.facebook.com:app_id"],
}

# Claims that say whom a token is for.
subject_claims := {
	"sub", "repository", "repository_id", "repository_owner", "repository_owner_id", "job_workflow_ref",
	"namespace_id", "project_id",
}

# The statement accepts certain subjects of the provider alone.
names_subject(statement, host) if {
	some condition in statement.condition
	policy.binds(condition)
	some claim in subject_claims
	condition.key == sprintf("%s:%s", [host, claim])
	count(condition.values) > 0
	every value in condition.values { not any_subject(value) }
}

# All subjects, or those of whatever organisation or cluster's namespace.
any_subject(value) if regex.match(`^([A-Za-z_]+:)?[*?]`, value)

any_subject(value) if value == ""

any_subject(value) if regex.match(`^(repo|project_path|organization):[^/:]*[*?]`, value)

any_subject(value) if regex.match(`^system:serviceaccount:[*?]`, value)

# The statement accepts tokens of certain applications alone.
names_claim(statement, keys) if {
	some condition in statement.condition
	policy.binds(condition)
	condition.key in keys
	count(condition.values) > 0
	every value in condition.values { not regex.match(`^[*?]*$`, value) }
}

# Whether the role is AWS's own, which nobody else can change.
service_linked(configuration) if startswith(configuration.Path, "/aws-service-role/")

# The public providers whose tokens open the role, whatever application they were made for.
open_providers(statement) := {host |
	policy.reaches(statement, "sts:assumerolewithwebidentity")
	some host, claims in public_providers
	host in statement.principal.Federated
	not names_claim(statement, claims)
}
