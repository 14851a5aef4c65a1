# METADATA
# title: Inspector scans the code of Lambda functions
# description: >-
#   It looks for injections, weak encryption and secrets in the code itself.
# custom:
#   id: aws.inspector2.lambda_code_scanning
#   kind: aws.account_region
#   area: monitoring
#   needs: [inspector]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.8"]
#     nist_800_53_r5: ["RA-5(a)"]
#     pci_dss_4.0: ["11.3.1"]
#   remediation:
#     text: >-
#       Turn the scan on, best by the delegated administrator for all accounts.
#     command: aws inspector2 enable --resource-types LAMBDA_CODE
package casemate.aws.inspector2.lambda_code_scanning

# The account's own entry: the answer has one for each account that was asked for.
states := [one.resourceState.lambdaCode.status | some one in input.facets.inspector.items]

compliant if "ENABLED" in states

# `ENABLING` is neither yet.
deny contains {"message": "Inspector does not scan the code of functions", "evidence": {"lambdaCode": states}} if {
	some state in states
	state in {"DISABLED", "DISABLING", "SUSPENDED", "SUSPENDING"}
}
