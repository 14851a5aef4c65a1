# METADATA
# title: Database snapshot is shared with known accounts alone
# description: >-
#   Whoever may restore a snapshot has all that the database held, in an account where your controls do not
#   reach.
# custom:
#   id: aws.rds.snapshot_shared
#   kind: aws.rds.snapshot
#   area: storage
#   needs: [attributes]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "MP-2"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1537]
#   params:
#     accounts: {type: list, default: [], description: accounts that may restore it}
#   remediation:
#     text: >-
#       Take accounts out that no longer need it; those that do are a parameter.
#     command: aws rds modify-db-snapshot-attribute --db-snapshot-identifier SNAPSHOT --attribute-name restore --values-to-remove ACCOUNT
package casemate.aws.rds.snapshot_shared

attributes := input.facets.attributes.DBSnapshotAttributes

others := {account |
	some attribute in attributes
	attribute.AttributeName == "restore"
	some account in attribute.AttributeValues
	not account in data.params.accounts
}

compliant if {
	is_array(attributes)
	count(others) == 0
}

deny contains {"message": sprintf("`%s` may restore it", [account]), "evidence": {"account": account}} if some account in others
