# METADATA
# title: Bucket of a CloudTrail trail asks for a second factor before a version is deleted
# description: >-
#   With it a stolen key alone cannot remove the record for good. A bucket of another account is judged there.
# custom:
#   id: aws.cloudtrail.bucket_mfa_delete
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [trail]
#   related:
#     - {edge: uses, direction: out, kind: aws.s3.bucket, facets: [versioning]}
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.28", "A.5.33", "A.8.15"]
#     nist_800_53_r5: ["AU-9(a)", "AU-10", "SI-7(1)", "SI-7(a)"]
#     pci_dss_4.0: ["10.3.2", "10.3.4"]
#   remediation:
#     text: >-
#       Turn on versioning with MFA delete, as the root user, or lock the objects.
package casemate.aws.cloudtrail.bucket_mfa_delete

name := input.facets.trail.S3BucketName

versioning := {bucket.resource.name: bucket.facets.versioning |
	some bucket in data.estate.related
	bucket.resource.name == name
}

compliant if {
	versioning[name].Status == "Enabled"
	versioning[name].MFADelete == "Enabled"
}

deny contains {"message": sprintf("versions in the bucket %s are deleted without a second factor", [name]), "evidence": versioning[name]} if {
	is_object(versioning[name])
	not compliant
}
