# METADATA
# title: AWS Config records the types that exist once for all regions
# description: >-
#   Users, groups, roles and policies are global: one region has to record them, or nobody does.
# custom:
#   id: aws.config.account_global_types
#   kind: aws.account
#   area: monitoring
#   needs: [coverage]
#   related:
#     - {edge: contains, direction: out, kind: aws.account_region, facets: [config_recorders]}
#   severity: low
#   frameworks:
#     aws_fsbp: ["Config.1"]
#     cis_aws_3.0: ["3.3"]
#     cis_aws_5.0: ["3.3"]
#     cis_aws_6.0: ["4.3"]
#     cis_aws_7.0: ["4.3"]
#     iso_27001_2022: ["A.5.9", "A.8.9", "A.8.32"]
#     nist_800_53_r5: ["CA-7(4)(c)", "CM-2(2)", "CM-3(a)", "CM-8(2)", "CM-8(a)", "CM-8(b)"]
#     pci_dss_4.0: ["11.5.2"]
#   remediation:
#     text: >-
#       Include global resource types in the recorder of one region.
package casemate.aws.config.account_global_types

items := [{"region": region.resource.name, "recorder": recorder} |
	some region in data.estate.related
	some recorder in region.facets.config_recorders.items
]

recording := [item.region |
	some item in items
	takes_global(item.recorder.recordingGroup)
]

takes_global(group) if group.includeGlobalResourceTypes == true

takes_global(group) if "AWS::IAM::Role" in group.resourceTypes

takes_global(group) if {
	group.recordingStrategy.useOnly == "EXCLUSION_BY_RESOURCE_TYPES"
	not "AWS::IAM::Role" in group.exclusionByResourceTypes.resourceTypes
}

# Whether every region that has a recorder may have been looked at.
regions := object.get(input.facets.coverage, "aws.account_region", {})

compliant if {
	is_object(input.facets.coverage)
	count(recording) > 0
}

deny contains {"message": "no region records global types", "evidence": {"recorders": count(items)}} if {
	count(data.estate.related) > 0
	count(recording) == 0
	object.get(regions, "status", "collected") == "collected"
}
