# METADATA
# title: IAM user with a console password got no access key at its creation
# description: >-
#   A key that is made together with a console user is made by habit and lies about unused.
# custom:
#   id: aws.iam.user_no_initial_key
#   kind: aws.iam.user
#   area: identity
#   needs: [configuration, login_profile, access_keys]
#   severity: low
#   frameworks:
#     cis_aws_3.0: ["1.11"]
#     cis_aws_5.0: ["1.10"]
#     cis_aws_6.0: ["2.10"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(h)"]
#   params:
#     seconds: {type: int, default: 60, description: seconds between user and key that count as together}
#   remediation:
#     text: >-
#       Delete the key; let the user make one when a task asks for it.
#     command: aws iam delete-access-key --user-name USER --access-key-id KEY
package casemate.aws.iam.user_no_initial_key

import data.casemate.lib.aws.identity

profile := input.facets.login_profile

keys := input.facets.access_keys.items

made := identity.seconds(input.facets.configuration.CreateDate)

initial := [key |
	some key in keys
	key.Status == "Active"
	abs(identity.seconds(key.CreateDate) - made) <= data.params.seconds
]

compliant if {
	profile.present == false
	is_array(keys)
	is_number(made)
}

compliant if {
	profile.present == true
	is_number(made)
	count(initial) == 0
	every key in keys { is_number(identity.seconds(key.CreateDate)) }
}

deny contains {"message": sprintf("the key %s was made with it", [key.AccessKeyId]), "evidence": key} if {
	profile.present == true
	some key in initial
}
