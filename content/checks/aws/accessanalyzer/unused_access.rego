# METADATA
# title: Access Analyzer looks for rights that nobody uses
# description: >-
#   Rights that nobody uses are found by comparing policies with what was done. One analyzer in one region is
#   enough, and it costs money for each user and role. The regions that were read are looked at.
# custom:
#   id: aws.accessanalyzer.unused_access
#   kind: aws.account
#   area: monitoring
#   needs: [coverage]
#   related:
#     - {edge: contains, direction: out, kind: aws.account_region, facets: [access_analyzers]}
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.18", "A.8.3"]
#     nist_800_53_r5: ["AC-2(j)", "AC-6", "CA-7"]
#     pci_dss_4.0: ["7.2.4"]
#   remediation:
#     text: >-
#       Make an analyzer for unused access in one region.
#     command: aws accessanalyzer create-analyzer --analyzer-name unused --type ACCOUNT_UNUSED_ACCESS
package casemate.aws.accessanalyzer.unused_access

regions := [related | some related in data.estate.related; related.resource.kind == "aws.account_region"]

told if {
	count(regions) > 0
	every region in regions { is_array(region.facets.access_analyzers.items) }
}

working := [one |
	some region in regions
	some one in region.facets.access_analyzers.items
	one.type in {"ACCOUNT_UNUSED_ACCESS", "ORGANIZATION_UNUSED_ACCESS"}
	one.status == "ACTIVE"
]

compliant if {
	is_string(input.facets.coverage["aws.account_region"].status)
	count(working) > 0
}

deny contains {"message": "no analyzer for unused access is active in the regions that were read", "evidence": {"regions": count(regions)}} if {
	told
	count(working) == 0
}
