# METADATA
# title: Inspector scans packages of Lambda functions for vulnerabilities
# description: >-
#   Functions carry their libraries with them, and nobody patches them for you.
# custom:
#   id: aws.inspector2.lambda_scanning
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
#     command: aws inspector2 enable --resource-types LAMBDA
package casemate.aws.inspector2.lambda_scanning

# The account's own entry: the answer has one for each account that was asked for.
states := [one.resourceState.lambda.status | some one in input.facets.inspector.items]

compliant if "ENABLED" in states

# `ENABLING` is neither yet.
deny contains {"message": "Inspector does not scan functions", "evidence": {"lambda": states}} if {
	some state in states
	state in {"DISABLED", "DISABLING", "SUSPENDED", "SUSPENDING"}
}
