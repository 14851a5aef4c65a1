# Environment variables as Lambda, ECS and CodeBuild keep them.
package casemate.lib.aws.environment

words := {"PASSWORD", "SECRET", "TOKEN", "PRIVATE_KEY"}

# The name says that the value is a secret.
secretish(name) if {
	some word in words
	contains(upper(name), word)
}

# No shell expands these values, so what looks like a reference (`$X`) is the value itself; an ARN says where the
# secret is to be had.
plain(value) if value.form in {"literal", "reference"}

# The form of a value is one that can be judged.
judged(value) if value.form in {"empty", "arn", "reference", "literal"}
