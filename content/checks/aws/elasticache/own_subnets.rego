# METADATA
# title: ElastiCache cluster stands in subnets that were chosen for it
# description: >-
#   The default subnet group holds the subnets of the default VPC, which are public.
# custom:
#   id: aws.elasticache.own_subnets
#   kind: aws.elasticache.cluster
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ElastiCache.7"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Make a subnet group of private subnets, and a new cluster in it.
package casemate.aws.elasticache.own_subnets

configuration := input.facets.configuration

group := configuration.CacheSubnetGroupName

compliant if {
	is_string(group)
	group != ""
	group != "default"
}

deny contains {"message": "it stands in the default subnet group", "evidence": {"CacheSubnetGroupName": group}} if group == "default"
