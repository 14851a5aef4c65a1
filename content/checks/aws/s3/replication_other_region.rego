# METADATA
# title: Bucket is copied to another region
# description: >-
#   A copy elsewhere survives the loss of a region and the mistakes of one account. The place of a target is known where
#   the target is a bucket of the same account.
# custom:
#   id: aws.s3.replication_other_region
#   kind: aws.s3.bucket
#   area: backup
#   needs: [bucket, replication]
#   related: [{edge: uses, direction: out, kind: aws.s3.bucket, facets: [bucket]}]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.7"]
#     iso_27001_2022: ["A.8.13", "A.8.14"]
#     nist_800_53_r5: ["CP-6(1)", "CP-6(a)", "CP-9(a)", "CP-10", "SC-36"]
#   remediation:
#     text: >-
#       Add a replication rule to a bucket in another region, for what cannot be made again.
#     command: aws s3api put-bucket-replication --bucket NAME --replication-configuration file://replication.json
package casemate.aws.s3.replication_other_region

facet := input.facets.replication

targets := {rule.Destination.Bucket |
	some rule in facet.Rules
	rule.Status == "Enabled"
}

home := input.facets.bucket.BucketRegion

# Regions of the targets that are known.
regions[target] := other.facets.bucket.BucketRegion if {
	some target in targets
	some other in data.estate.related
	other.resource.id == target
}

elsewhere contains target if {
	some target, region in regions
	region != home
}

compliant if count(elsewhere) > 0

deny contains {"message": "no replication rule is enabled", "evidence": {"present": object.get(facet, "present", false)}} if count(targets) == 0

deny contains {"message": sprintf("it is copied within %s alone", [home]), "evidence": {"targets": sort(targets)}} if {
	count(targets) > 0
	count(elsewhere) == 0
	every target in targets { regions[target] == home }
}
