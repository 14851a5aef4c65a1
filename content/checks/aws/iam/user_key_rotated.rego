# METADATA
# title: Access keys of an IAM user are at most 90 days old
# description: >-
#   A key that leaked works until it is changed, and nobody knows how many copies there are.
# custom:
#   id: aws.iam.user_key_rotated
#   kind: aws.iam.user
#   area: identity
#   needs: [access_keys]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["IAM.3"]
#     cis_aws_3.0: ["1.14"]
#     cis_aws_5.0: ["1.13"]
#     cis_aws_6.0: ["2.13"]
#     cis_aws_7.0: ["2.12"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(f)"]
#     pci_dss_4.0: ["8.6.3"]
#   attack: [T1078.004]
#   clock: day
#   params:
#     days: {type: int, default: 90, description: most days of a key}
#   remediation:
#     text: >-
#       Make a second key, put it to use, deactivate the old one and delete it; better, use a role.
#     command: aws iam create-access-key --user-name USER
package casemate.aws.iam.user_key_rotated

import data.casemate.lib.date

keys := input.facets.access_keys.items

ages := {key.AccessKeyId: age |
	some key in keys
	key.Status == "Active"
	age := date.days(input.today) - date.days(key.CreateDate)
}

active := [key | some key in keys; key.Status == "Active"]

old := {id: age | some id, age in ages; age > data.params.days}

compliant if {
	is_array(keys)
	count(ages) == count(active)
	count(old) == 0
}

deny contains {"message": sprintf("the key %s is %d days old", [id, age]), "evidence": {"AccessKeyId": id, "days": age}} if some id, age in old
