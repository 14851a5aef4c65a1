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
#   frameworks:
#     aws_fsbp: ["RDS.18"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
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
