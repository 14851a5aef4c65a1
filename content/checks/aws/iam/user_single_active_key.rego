# METADATA
# title: IAM user has at most one active access key
# description: >-
#   Two keys are needed for the hour of a change. After that the second is one more secret that nobody watches.
# custom:
#   id: aws.iam.user_single_active_key
#   kind: aws.iam.user
#   area: identity
#   needs: [access_keys]
#   severity: low
#   frameworks:
#     cis_aws_3.0: ["1.13"]
#     cis_aws_5.0: ["1.12"]
#     cis_aws_6.0: ["2.12"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(h)"]
#   remediation:
#     text: >-
#       Find out by their last use which key is in use, and deactivate the other.
#     command: aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive
package casemate.aws.iam.user_single_active_key

keys := input.facets.access_keys.items

active := [key | some key in keys; key.Status == "Active"]

compliant if {
	is_array(keys)
	count(active) <= 1
}

deny contains {"message": sprintf("it has %d active access keys", [count(active)]), "evidence": {"keys": active}} if count(active) > 1
