# METADATA
# title: Database instance stands in a VPC
# description: >-
#   Outside a VPC nothing but a list of addresses keeps others away, and no flow log sees them.
# custom:
#   id: aws.rds.in_vpc
#   kind: aws.rds.instance
#   area: network
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Restore a snapshot into a subnet group.
package casemate.aws.rds.in_vpc

configuration := input.facets.configuration

vpc := object.get(configuration, ["DBSubnetGroup", "VpcId"], "")

groups := object.get(configuration, "VpcSecurityGroups", [])

compliant if vpc != ""

# It says so by its security groups too.
compliant if count(groups) > 0

deny contains {"message": "it stands in no VPC", "evidence": {"VpcId": vpc}} if {
	is_string(configuration.DBInstanceIdentifier)
	not compliant
}
