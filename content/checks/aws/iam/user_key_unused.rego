# METADATA
# title: Active access keys of an IAM user were used within 45 days
# description: >-
#   A key that nobody uses lies in some file until somebody finds it. One that was never used counts from the day on
#   which it was made.
# custom:
#   id: aws.iam.user_key_unused
#   kind: aws.iam.user
#   area: identity
#   needs: [credentials]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["IAM.8", "IAM.22"]
#     cis_aws_3.0: ["1.12"]
#     cis_aws_5.0: ["1.11"]
#     cis_aws_6.0: ["2.11"]
#     cis_aws_7.0: ["2.11"]
#     iso_27001_2022: ["A.5.16", "A.5.18"]
#     nist_800_53_r5: ["AC-2(3)", "AC-2(j)", "AC-6"]
#     pci_dss_4.0: ["7.2.4", "8.2.6"]
#   attack: [T1078.004]
#   clock: day
#   params:
#     days: {type: int, default: 45, description: days without use}
#   remediation:
#     text: >-
#       Deactivate the key, and delete it when nothing breaks.
#     command: aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive
package casemate.aws.iam.user_key_unused

import data.casemate.lib.aws.identity

credentials := input.facets.credentials

active contains number if {
	some number in ["1", "2"]
	credentials[sprintf("access_key_%s_active", [number])] == "true"
}

# Every key is said to be on or off.
told if {
	every number in ["1", "2"] { credentials[sprintf("access_key_%s_active", [number])] in {"true", "false"} }
}

idle[number] := days if {
	some number in active
	used := object.get(credentials, sprintf("access_key_%s_last_used_date", [number]), "")
	made := object.get(credentials, sprintf("access_key_%s_last_rotated", [number]), "")
	days := identity.idle_days(used, made, input.today)
}

old := {number: days | some number, days in idle; days > data.params.days}

compliant if {
	told
	count(idle) == count(active)
	count(old) == 0
}

deny contains {"message": sprintf("its access key %s was not used for %d days", [number, days]), "evidence": {"key": number, "days": days}} if some number, days in old
