# What policy documents mean. They come normalised from the collector: `valid`, `statements` with `effect`, `principal`,
# `action` in lower case, `condition` as a list of operator, key and values in lower case but for the values.
#
# A document that is not valid proves nothing: checks say `p.valid` before they pass on it.
package casemate.lib.aws.policy

# Everybody: a plain `*`, `AWS: *`, or all but some.
everybody(statement) if "*" in statement.principal["*"]

everybody(statement) if "*" in statement.principal.AWS

everybody(statement) if statement.not_principal

# Keys whose values say who or from where the caller is. `aws:VpcSourceIp` is none: anybody's VPC may have the address.
caller_keys := {
	"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:principalorgid",
	"aws:principalorgpaths", "aws:principalarn", "aws:principalaccount", "aws:sourcevpc", "aws:sourcevpce",
	"aws:userid", "aws:sourceip",
	# KMS, SNS and S3's access points have keys of their own for it.
	"kms:calleraccount", "aws:sourceowner", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
}

# Operators by which a value binds. Their negations let in all others, and `IfExists` lets in whoever lacks the key.
binding := {
	"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress",
	"foranyvalue:stringequals", "foranyvalue:stringequalsignorecase", "foranyvalue:stringlike",
	"foranyvalue:arnequals", "foranyvalue:arnlike",
}

# Other libraries ask by this: a rule of a third library is not seen by their functions once a check has read a rule of
# their own.
binds(condition) if condition.operator in binding

# The condition keeps all but certain callers out.
narrows(condition) if {
	condition.operator in binding
	condition.key in caller_keys
	condition.key != "aws:sourceip"
	count(condition.values) > 0
	every value in condition.values { not loose(condition.key, value) }
}

# The value lets in whoever makes a thing of a fitting name.
loose(_, value) if anything(value)

# What the request itself says of the caller: everybody is whom he says.
loose(_, value) if regex.match(`(?i)\$\{aws:(principal|source|userid|username|vpcsource|federated)`, value)

loose(key, value) if {
	key in {"aws:principalorgpaths", "aws:sourceorgpaths"}
	regex.match(`^[^/]*[*?]`, value)
}

loose("aws:userid", value) if regex.match(`^[^:]*[*?]`, value)

loose(key, value) if {
	not key in {
		"aws:principalorgpaths", "aws:sourceorgpaths", "aws:userid", "aws:sourcearn", "aws:principalarn",
		"s3:dataaccesspointarn",
	}
	regex.match(`[*?]`, value)
}

narrows(condition) if {
	condition.operator == "ipaddress"
	condition.key == "aws:sourceip"
	count(condition.values) > 0
	not wide(condition.values)
}

# A pattern that fits everybody: `*`, any organisation, any network.
anything(value) if regex.match(`^(o-|r-|ou-|vpc-|vpce-)?[*?:/]*$`, value)

# An ARN of whatever account. A bucket's name is its own in the whole world.
anything(value) if {
	startswith(value, "arn:")
	not of_one(split(value, ":"))
}

of_one(parts) if {
	count(parts) > 5
	not regex.match(`[*?]`, parts[4])
	some index in numbers.range(5, count(parts) - 1)
	not regex.match(`^[*?/]*$`, parts[index])
}

of_one(parts) if {
	count(parts) > 5
	regex.match(`^[0-9]{12}$`, parts[4])
}

of_one(parts) if {
	count(parts) > 5
	parts[2] == "s3"
	regex.match(`^[A-Za-z0-9.-]`, parts[5])
}

# Addresses that together are the internet.
wide(values) if {
	some value in values
	endswith(value, "/0")
}

wide(values) if {
	some value in values
	value in {"*", "0.0.0.0", "::"}
}

# Of IPv4 more than 3,600 million addresses: 3,702 million are public.
wide(values) if {
	sizes := [size | some value in values; size := size4(value)]
	sum(sizes) > 3600000000
	outer := [size | some value in {one | some one in values}; size := size4(value); not is_within(value, values)]
	sum(outer) > 3600000000
}

# Of IPv6 all of 2000::/3, in which all public addresses are; in networks of 64 bits.
wide(values) if {
	some value in values
	contains(value, ":")
	net.cidr_is_valid(value)
	net.cidr_contains(value, "2000::/3")
}

wide(values) if {
	sizes := [size | some value in values; size := size6(value)]
	sum(sizes) >= bits.lsh(1, 61)
	outer := [size | some value in {one | some one in values}; size := size6(value); not is_within(value, values)]
	sum(outer) >= bits.lsh(1, 61)
}

size4(value) := bits.lsh(1, 32 - to_number(split(value, "/")[1])) if {
	not contains(value, ":")
	net.cidr_is_valid(value)
}

size6(value) := bits.lsh(1, 64 - to_number(split(value, "/")[1])) if {
	contains(value, ":")
	net.cidr_is_valid(value)
	net.cidr_contains("2000::/3", value)
	to_number(split(value, "/")[1]) <= 64
}

# Another of the networks holds this one; of two spellings of the same the first counts.
is_within(value, values) if {
	some other in values
	other != value
	contains(other, ":") == contains(value, ":")
	net.cidr_is_valid(other)
	net.cidr_contains(other, value)
	is_larger(other, value)
}

is_larger(other, value) if to_number(split(other, "/")[1]) < to_number(split(value, "/")[1])

is_larger(other, value) if {
	to_number(split(other, "/")[1]) == to_number(split(value, "/")[1])
	other < value
}

narrowed(statement) if {
	some condition in statement.condition
	narrows(condition)
}

# Statements that let everybody in.
public_statements(policy) := [statement |
	some statement in policy.statements
	statement.effect == "Allow"
	everybody(statement)
	not narrowed(statement)
]

is_public(policy) if count(public_statements(policy)) > 0

# Statements that let everybody do this action; `action` in lower case.
public_statements_for(policy, action) := [statement |
	some statement in public_statements(policy)
	reaches(statement, action)
]

# Whether the statement speaks of the action, by name, pattern or NotAction.
reaches(statement, action) if {
	some pattern in statement.action
	fits(pattern, action)
}

reaches(statement, action) if {
	statement.not_action
	not excluded(statement, action)
}

excluded(statement, action) if {
	some pattern in statement.not_action
	fits(pattern, action)
}

# `*` and `?` as IAM has them; both sides in lower case. What stands before the first of them decides mostly.
fits(pattern, text) if pattern == text

fits(pattern, _) if pattern == "*"

fits(pattern, text) if {
	stem := split(replace(pattern, "?", "*"), "*")[0]
	stem != pattern
	startswith(text, stem)
	regex.match(expression(pattern), text)
}

expression(pattern) := concat("", ["^", replace(replace(escaped(pattern), "*", ".*"), "?", "."), "$"])

escaped(pattern) := regex.replace(pattern, `[.+^$()\[\]{}|\\]`, `\$0`)

# No condition, or none that anybody who wants fails to meet. For statements that allow.
unconditional(statement) if {
	every condition in object.get(statement, "condition", []) { easy(condition) }
}

# No condition, or none that any request fails to meet. For statements that deny.
unavoidable(statement) if {
	every condition in object.get(statement, "condition", []) { idle(condition) }
}

easy(condition) if idle(condition)

easy(condition) if {
	condition.operator in {"bool", "boolifexists", "stringequals", "stringequalsignorecase", "stringequalsifexists"}
	condition.key == "aws:securetransport"
	"true" in {lower(value) | some value in condition.values}
}

easy(condition) if {
	condition.operator == "null"
	condition.key in constant_keys
	"false" in {lower(value) | some value in condition.values}
}

# Keys that every request by a principal has.
constant_keys := {
	"aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid", "aws:currenttime", "aws:epochtime",
	"aws:securetransport", "aws:requestedregion",
}

# A condition that every request meets: any value does, and the key is always there or need not be.
idle(condition) if {
	some pattern in condition.values
	regex.match(`^[*]+$`, pattern)
	condition.operator in {"stringlike", "arnlike"}
	condition.key in constant_keys
}

idle(condition) if {
	some pattern in condition.values
	regex.match(`^[*]+$`, pattern)
	condition.operator in {
		"stringlikeifexists", "arnlikeifexists", "forallvalues:stringlike", "forallvalues:arnlike",
		"forallvalues:stringlikeifexists", "forallvalues:arnlikeifexists",
	}
}

# Every action: `*`, `*:*`, or NotAction without anything that counts.
every_action(statement) if {
	some pattern in statement.action
	regex.match(`^[*?]*[*][*?]*(:[*?]*[*][*?]*)?$`, pattern)
}

every_action(statement) if {
	statement.not_action
	count(statement.not_action) == 0
}

# Every resource. A trust or resource policy has none, and is not asked.
every_resource(statement) if {
	some pattern in statement.resource
	regex.match(`^(a|ar|arn|arn:)?[?]?[*][*:]*$`, pattern)
}

every_resource(statement) if {
	some pattern in statement.resource
	regex.match(`^arn:[^:]*:[*]+(:[*]*)*$`, pattern)
}

every_resource(statement) if {
	statement.not_resource
	count(statement.not_resource) == 0
}

# Statements that allow everything on everything.
full_statements(policy) := [statement |
	some statement in policy.statements
	statement.effect == "Allow"
	every_action(statement)
	every_resource(statement)
	unconditional(statement)
]

allows_all(policy) if count(full_statements(policy)) > 0

# Denies everything on everything.
denies_all(policy) if {
	some statement in policy.statements
	statement.effect == "Deny"
	every_action(statement)
	every_resource(statement)
	unavoidable(statement)
}

# Statements that allow the action on every resource without a condition.
statements_on_all(policy, action) := [statement |
	some statement in policy.statements
	statement.effect == "Allow"
	reaches(statement, action)
	every_resource(statement)
	unconditional(statement)
]

allows_on_all(policy, action) if count(statements_on_all(policy, action)) > 0

# What a message needs of statements: their names, or their places.
named(statements) := concat(", ", [name |
	some index, statement in statements
	name := object.get(statement, "sid", sprintf("statement %d", [index + 1]))
])

# What a message calls one statement of a document: its sid, or its place.
label(document, statement) := object.get(statement, "sid", sprintf("statement %d", [min(places) + 1])) if {
	places := {index | some index, other in document.statements; other == statement}
	count(places) > 0
}

# Everything that is readable in a list of documents.
all_valid(documents) if {
	every document in documents { document.valid == true }
}
