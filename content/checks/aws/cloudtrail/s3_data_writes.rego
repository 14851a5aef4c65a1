# METADATA
# title: Writes of objects in S3 are in a trail
# description: >-
#   Management events say nothing of objects. Without data events nobody can tell after a theft who changed or
#   deleted what.
# custom:
#   id: aws.cloudtrail.s3_data_writes
#   kind: aws.account
#   area: logging
#   needs: [trails, foreign_trails_status]
#   related:
#     - {edge: contains, direction: out, kind: aws.cloudtrail.trail, facets: [status, selectors]}
#   severity: medium
#   frameworks:
#     cis_aws_3.0: ["3.8"]
#     cis_aws_5.0: ["3.8"]
#     cis_aws_6.0: ["4.8"]
#     cis_aws_7.0: ["4.8"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AC-6(9)", "AU-3(a)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.1"]
#   remediation:
#     text: >-
#       Add data events for the writes of objects in all buckets to a trail of all regions.
package casemate.aws.cloudtrail.s3_data_writes

import data.casemate.lib.aws.trail

trails := input.facets.trails.items

known := trail.known(input.facets, data.estate.related)

# A trail whose selectors may not be read from here is taken for one that may record them.
open := [one |
	some one in known
	one.trail.IsMultiRegionTrail == true
	one.status != "stopped"
	trail.hidden(one)
]

recording := [one.trail.TrailARN |
	some one in known
	one.trail.IsMultiRegionTrail == true
	one.status == "logging"
	some own in data.estate.related
	own.resource.id == one.trail.TrailARN
	"write" in trail.objects(own.facets.selectors)
]

compliant if count(recording) > 0

deny contains {
	"message": "no trail of all regions records the writes of objects in all buckets",
	"evidence": {"trails": [one.TrailARN | some one in trails]},
} if {
	is_array(trails)
	count(recording) == 0
	count(open) == 0
}
