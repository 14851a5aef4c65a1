# METADATA
# title: Deleting versions from a bucket needs a second factor
# description: >-
#   With MFA delete nobody removes a version for good, or suspends versioning, with a stolen key. The root user alone can
#   turn it on, and lifecycle rules cannot be used with it.
# custom:
#   id: aws.s3.mfa_delete
#   kind: aws.s3.bucket
#   area: storage
#   needs: [versioning]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.20"]
#     cis_aws_3.0: ["2.1.2"]
#     cis_aws_5.0: ["2.1.2"]
#     cis_aws_6.0: ["3.1.2"]
#     cis_aws_7.0: ["3.1.2"]
#     iso_27001_2022: ["A.5.33", "A.8.13"]
#     nist_800_53_r5: ["CP-9(d)"]
#   attack: [T1485]
#   remediation:
#     text: >-
#       As the root user, enable versioning with MFA delete.
#     command: aws s3api put-bucket-versioning --bucket NAME --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "DEVICE CODE"
package casemate.aws.s3.mfa_delete

facet := input.facets.versioning

compliant if {
	facet.Status == "Enabled"
	facet.MFADelete == "Enabled"
}

deny contains {"message": "versions can be deleted without a second factor", "evidence": facet} if not compliant
