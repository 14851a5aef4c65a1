# METADATA
# title: Bucket with object lock locks what comes in
# description: >-
#   Without a default retention only those objects are locked whose writer asked for it.
# custom:
#   id: aws.s3.object_lock_retention
#   kind: aws.s3.bucket
#   area: backup
#   needs: [object_lock]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.33", "A.8.13"]
#     nist_800_53_r5: ["CP-9(d)", "SI-12"]
#   remediation:
#     text: >-
#       Set a default retention.
#     command: >-
#       aws s3api put-object-lock-configuration --bucket NAME --object-lock-configuration
#       '{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"GOVERNANCE","Days":30}}}'
package casemate.aws.s3.object_lock_retention

facet := input.facets.object_lock

applies if not facet.present == false

compliant if facet.Rule.DefaultRetention.Days > 0

compliant if facet.Rule.DefaultRetention.Years > 0

deny contains {"message": "no default retention is set", "evidence": facet} if {
	facet.ObjectLockEnabled == "Enabled"
	not compliant
}
