# Which sort of key it is.
package casemate.lib.aws.kms

# AWS rules it, and nobody else can.
aws_managed(key) if key.KeyManager == "AWS"

# KMS has automatic rotation for symmetric keys whose material it made itself.
cannot_rotate(key) if {
	is_string(key.KeySpec)
	key.KeySpec != "SYMMETRIC_DEFAULT"
}

cannot_rotate(key) if {
	is_string(key.Origin)
	key.Origin != "AWS_KMS"
}
