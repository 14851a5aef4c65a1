# METADATA
# title: Database snapshot can be restored by nobody else
# description: >-
#   Everybody with an account of AWS can make a database of it and read all that it holds.
# custom:
#   id: aws.rds.snapshot_not_public
#   kind: aws.rds.snapshot
#   area: storage
#   needs: [attributes]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["RDS.1"]
#     iso_27001_2022: ["A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "MP-2"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Take `all` out, and see who copied or restored it: CloudTrail has the calls of your own account alone.
#     command: aws rds modify-db-snapshot-attribute --db-snapshot-identifier SNAPSHOT --attribute-name restore --values-to-remove all
package casemate.aws.rds.snapshot_not_public

attributes := input.facets.attributes.DBSnapshotAttributes

open := [attribute |
	some attribute in attributes
	attribute.AttributeName == "restore"
	"all" in attribute.AttributeValues
]

compliant if {
	is_array(attributes)
	count(open) == 0
}

deny contains {"message": "everybody may restore it", "evidence": {"restore": open[0].AttributeValues}} if count(open) > 0
