# METADATA
# title: Bucket can lock its objects
# description: >-
#   A locked object cannot be overwritten or deleted until its day, not even by whoever took over the account.
# custom:
#   id: aws.s3.object_lock
#   kind: aws.s3.bucket
#   area: backup
#   needs: [object_lock]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.15"]
#     iso_27001_2022: ["A.5.33", "A.8.13"]
#     nist_800_53_r5: ["CP-9(d)", "SI-12"]
#   remediation:
#     text: >-
#       Enable object lock, with a default retention for backups and logs.
#     command: aws s3api put-object-lock-configuration --bucket NAME --object-lock-configuration ObjectLockEnabled=Enabled
package casemate.aws.s3.object_lock

facet := input.facets.object_lock

compliant if facet.ObjectLockEnabled == "Enabled"

deny contains {"message": "object lock is off", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
