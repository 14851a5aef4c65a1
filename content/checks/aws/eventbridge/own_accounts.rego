# METADATA
# title: Event bus takes events from accounts that are named
# description: >-
#   Each account in the policy may start what the rules start. Accounts that you list as a parameter are known.
# custom:
#   id: aws.eventbridge.own_accounts
#   kind: aws.eventbridge.bus
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   attack: [T1199]
#   params:
#     accounts: {type: list, default: [], description: accounts that may put events}
#   remediation:
#     text: >-
#       Take accounts out that are not yours, or list them as known.
package casemate.aws.eventbridge.own_accounts

configuration := input.facets.configuration

own := split(configuration.Arn, ":")[4]

foreign := {account |
	some statement in configuration.Policy.statements
	statement.effect == "Allow"
	some principal in statement.principal.AWS
	account := account_of(principal)
	account != own
	not account in data.params.accounts
}

account_of(principal) := principal if regex.match(`^[0-9]{12}$`, principal)

account_of(principal) := split(principal, ":")[4] if startswith(principal, "arn:")

compliant if {
	own
	not configuration.Policy
}

compliant if {
	own
	configuration.Policy.valid == true
	count(foreign) == 0
}

deny contains {"message": sprintf("account %s may put events", [account]), "evidence": {"account": account}} if some account in foreign
