# METADATA
# title: A trail records the management events of all regions
# description: >-
#   One trail of all regions that is started and leaves nothing out is the record of who did what. A trail of the
#   organisation counts; one with selectors that this account may not read proves nothing.
# custom:
#   id: aws.cloudtrail.account_all_regions
#   kind: aws.account
#   area: logging
#   needs: [trails, foreign_trails_status]
#   related:
#     - {edge: contains, direction: out, kind: aws.cloudtrail.trail, facets: [status, selectors]}
#   severity: high
#   frameworks:
#     aws_fsbp: ["CloudTrail.1", "CloudTrail.3"]
#     cis_aws_3.0: ["3.1"]
#     cis_aws_5.0: ["3.1"]
#     cis_aws_6.0: ["4.1"]
#     cis_aws_7.0: ["4.1"]
#     iso_27001_2022: ["A.5.28", "A.8.15"]
#     nist_800_53_r5: ["AC-2(4)", "AC-3(10)", "AC-6(9)", "AU-2(b)", "AU-3(a)", "AU-3(b)", "AU-3(c)", "AU-3(d)", "AU-3(e)", "AU-3(f)", "AU-10", "AU-12(1)", "AU-12(2)", "AU-12(a)", "AU-12(c)", "AU-14(a)", "CM-5(1)(b)", "SI-7(8)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.2", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7", "10.2.2"]
#   attack: [T1562.008]
#   params:
#     may_lack: {type: list, default: [], description: sources of events that may be left out}
#   remediation:
#     text: >-
#       Make a trail of all regions, best one of the organisation, that records reads and writes of management
#       events.
package casemate.aws.cloudtrail.account_all_regions

import data.casemate.lib.aws.trail

trails := input.facets.trails.items

known := trail.known(input.facets, data.estate.related)

may_lack := {source | some source in data.params.may_lack}

whole := [one.trail.Name |
	some one in known
	one.trail.IsMultiRegionTrail == true
	one.status == "logging"
	trail.records_all(one.management, may_lack)
]

# It may be one that records all, for all that is known of it.
open := [one |
	some one in known
	one.trail.IsMultiRegionTrail == true
	one.status != "stopped"
	trail.hidden(one)
]

lack(one) := "it records one region alone" if not one.trail.IsMultiRegionTrail == true

lack(one) := "it is stopped" if {
	one.trail.IsMultiRegionTrail == true
	one.status == "stopped"
}

lack(one) := "it leaves management events out" if {
	one.trail.IsMultiRegionTrail == true
	one.status == "logging"
}

compliant if count(whole) > 0

deny contains {"message": "no trail sees the account", "evidence": {"trails": []}} if count(trails) == 0

deny contains {
	"message": "no trail records the management events of all regions",
	"evidence": {"trails": {one.trail.TrailARN: lack(one) | some one in known}},
} if {
	count(trails) > 0
	count(whole) == 0
	count(open) == 0
}
