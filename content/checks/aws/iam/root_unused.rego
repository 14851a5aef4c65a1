# METADATA
# title: Root user was not used within 30 days
# description: >-
#   The root user is for the few tasks that nobody else can do. Work that is done with it is done without any bound.
# custom:
#   id: aws.iam.root_unused
#   kind: aws.account
#   area: identity
#   needs: [root_credentials]
#   severity: medium
#   frameworks:
#     cis_aws_3.0: ["1.7"]
#     cis_aws_5.0: ["1.6"]
#     cis_aws_6.0: ["2.6"]
#     cis_aws_7.0: ["2.7"]
#     iso_27001_2022: ["A.5.15", "A.8.2"]
#     nist_800_53_r5: ["AC-6(2)", "AC-6(10)", "IA-2"]
#     pci_dss_4.0: ["7.2.2", "8.2.2"]
#   attack: [T1078.004]
#   clock: day
#   params:
#     days: {type: int, default: 30, description: days without use that are asked for}
#   remediation:
#     text: >-
#       Make a role for the task; keep the password of root in a safe.
package casemate.aws.iam.root_unused

import data.casemate.lib.date

credentials := input.facets.root_credentials

fields := ["password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date"]

never := {"N/A", "no_information", "not_supported"}

ages := {field: age |
	some field in fields
	age := date.days(input.today) - date.days(credentials[field])
}

# Each is a day, or said never to have been.
told if {
	every field in fields { known(field) }
}

known(field) if is_number(ages[field])

known(field) if credentials[field] in never

recent := {field: age | some field, age in ages; age <= data.params.days}

compliant if {
	told
	count(recent) == 0
}

deny contains {"message": sprintf("the root user was used %d days ago (%s)", [age, field]), "evidence": {"field": field, "days": age}} if some field, age in recent
