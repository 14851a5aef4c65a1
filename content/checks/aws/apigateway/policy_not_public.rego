# METADATA
# title: Resource policy of a REST API does not let everybody in
# description: >-
#   A statement for everybody takes away what a private API is for; a regional one is then open but for its
#   methods' authorizers.
# custom:
#   id: aws.apigateway.policy_not_public
#   kind: aws.apigateway.rest_api
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   remediation:
#     text: >-
#       Name endpoints, networks or accounts in the policy.
package casemate.aws.apigateway.policy_not_public

import data.casemate.lib.aws.policy

configuration := input.facets.configuration

# Without a policy the methods alone decide.
applies if configuration.policy

applies if not is_string(configuration.id)

open := policy.public_statements(configuration.policy)

compliant if {
	configuration.policy.valid == true
	count(open) == 0
}

# A denial of all others narrows as well as a condition of the statement does.
compliant if {
	configuration.policy.valid == true
	denied_but_for_some
}

denied_but_for_some if {
	some statement in configuration.policy.statements
	statement.effect == "Deny"
	policy.everybody(statement)
	policy.reaches(statement, "execute-api:invoke")
	some condition in statement.condition
	regex.match(`^(stringnotequals|stringnotlike|notipaddress|arnnotequals|arnnotlike)`, condition.operator)
	condition.key in policy.caller_keys
}

deny contains {"message": sprintf("everybody is let in by %s", [policy.named([statement])]), "evidence": statement} if {
	not denied_but_for_some
	some statement in open
}
