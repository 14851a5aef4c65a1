# METADATA
# title: Policy of a DynamoDB table lets in its own account alone
# description: >-
#   Whoever rules the other account reads or writes the table, and your permissions do not bind them. Services
#   of AWS are not judged.
# custom:
#   id: aws.dynamodb.policy_own_account
#   kind: aws.dynamodb.table
#   area: database
#   needs: [table, policy]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   attack: [T1530]
#   params:
#     accounts: {type: list, default: [], description: other accounts that may use it}
#   remediation:
#     text: >-
#       Take the statement out, or accept the account by the parameter.
#     command: aws dynamodb delete-resource-policy --resource-arn ARN
package casemate.aws.dynamodb.policy_own_account

facet := input.facets.policy

account := split(input.facets.table.TableArn, ":")[4]

known := {account} | {one | some one in data.params.accounts}

# Of an ARN, or of an account's number alone.
owner(name) := split(name, ":")[4] if startswith(name, "arn:")

owner(name) := name if not startswith(name, "arn:")

foreign := {name |
	some statement in facet.Policy.statements
	statement.effect == "Allow"
	some name in statement.principal.AWS
	not owner(name) in known
}

compliant if {
	account != ""
	facet.present == false
}

compliant if {
	account != ""
	facet.Policy.valid == true
	count(foreign) == 0
}

deny contains {"message": sprintf("`%s` is let in", [name]), "evidence": {"principal": name}} if {
	account != ""
	some name in foreign
}
