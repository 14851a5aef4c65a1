# METADATA
# title: Snapshot of a database cluster can be restored by nobody else
# description: >-
#   Everybody with an account of AWS can make a database of it and read all that it holds.
# custom:
#   id: aws.rds.cluster_snapshot_not_public
#   kind: aws.rds.cluster_snapshot
#   area: storage
#   needs: [attributes]
#   severity: critical
#   attack: [T1530]
#   remediation:
#     text: >-
#       Take `all` out, and see who copied or restored it: CloudTrail has the calls of your own account alone.
#     command: aws rds modify-db-cluster-snapshot-attribute --db-cluster-snapshot-identifier SNAPSHOT --attribute-name restore --values-to-remove all
package casemate.aws.rds.cluster_snapshot_not_public

attributes := input.facets.attributes.DBClusterSnapshotAttributes

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
