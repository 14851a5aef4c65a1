# METADATA
# title: Bucket of a CloudTrail trail logs the requests to it
# description: >-
#   Who read the record, or tried to delete it, is asked after an intrusion. A bucket of another account is judged
#   there.
# custom:
#   id: aws.cloudtrail.bucket_access_logging
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [trail]
#   related:
#     - {edge: uses, direction: out, kind: aws.s3.bucket, facets: [logging]}
#   severity: low
#   frameworks:
#     aws_fsbp: ["CloudTrail.7"]
#     cis_aws_3.0: ["3.4"]
#     cis_aws_5.0: ["3.4"]
#     cis_aws_6.0: ["4.4"]
#     cis_aws_7.0: ["4.4"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AC-6(9)", "AU-3(a)", "AU-9(a)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.1", "10.3.1"]
#   remediation:
#     text: >-
#       Send the access log of the bucket to another bucket.
package casemate.aws.cloudtrail.bucket_access_logging

name := input.facets.trail.S3BucketName

targets := {bucket.resource.name: target |
	some bucket in data.estate.related
	bucket.resource.name == name
	target := object.get(bucket.facets.logging, ["LoggingEnabled", "TargetBucket"], "")
}

compliant if targets[name] != ""

deny contains {"message": sprintf("requests to the bucket %s are not logged", [name]), "evidence": {"bucket": name}} if targets[name] == ""
