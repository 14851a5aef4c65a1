# METADATA
# title: No resource policy opens log groups to everybody
# description: >-
#   These policies let services write; one for everybody lets strangers fill or read the logs of the region.
# custom:
#   id: aws.logs.policy_not_public
#   kind: aws.account_region
#   area: logging
#   needs: [logs_policies]
#   severity: high
#   frameworks:
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12", "A.8.15"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "AU-9(a)"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "10.3.1"]
#   remediation:
#     text: >-
#       Name the service in the statement and the account or resource in its condition.
package casemate.aws.logs.policy_not_public

import data.casemate.lib.aws.policy

policies := input.facets.logs_policies.items

open := [{"policy": one.policyName, "statements": policy.named(statements)} |
	some one in policies
	statements := policy.public_statements(one.policyDocument)
	count(statements) > 0
]

compliant if {
	every one in policies { one.policyDocument.valid == true }
	count(open) == 0
}

deny contains {"message": sprintf("the policy %s lets everybody in by %s", [one.policy, one.statements]), "evidence": one} if some one in open
