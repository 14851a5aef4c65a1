# METADATA
# title: Identity pool of Cognito does not use the classic flow
# description: >-
#   In the classic flow the app names the role itself and gets credentials that no scope-down policy
#   bounds.
# custom:
#   id: aws.cognito.no_classic_flow
#   kind: aws.cognito.identity_pool
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   remediation:
#     text: >-
#       Turn off the basic (classic) flow.
package casemate.aws.cognito.no_classic_flow

configuration := input.facets.configuration

compliant if {
	is_string(configuration.IdentityPoolId)
	not configuration.AllowClassicFlow == true
}

deny contains {"message": "the classic flow is allowed", "evidence": {"AllowClassicFlow": true}} if configuration.AllowClassicFlow == true
