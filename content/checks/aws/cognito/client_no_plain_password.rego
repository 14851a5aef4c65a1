# METADATA
# title: Client of a Cognito user pool sends no passwords to the pool
# description: >-
#   The flow USER_PASSWORD_AUTH sends the password itself, through whatever stands between the user and
#   Cognito; SRP proves it without.
# custom:
#   id: aws.cognito.client_no_plain_password
#   kind: aws.cognito.user_pool_client
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   remediation:
#     text: >-
#       Use ALLOW_USER_SRP_AUTH.
package casemate.aws.cognito.client_no_plain_password

configuration := input.facets.configuration

flows := object.get(configuration, "ExplicitAuthFlows", [])

bad := [flow | some flow in flows; flow in {"ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"}]

compliant if {
	is_string(configuration.ClientId)
	count(bad) == 0
}

deny contains {"message": sprintf("the flow %s is allowed", [flow]), "evidence": {"ExplicitAuthFlows": flows}} if some flow in bad
