# METADATA
# title: Bucket keeps versions
# description: >-
#   With versions, what is overwritten or deleted by mistake or by an attacker can be had back.
# custom:
#   id: aws.s3.versioning
#   kind: aws.s3.bucket
#   area: storage
#   needs: [versioning]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.14"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-10"]
#   remediation:
#     text: >-
#       Enable versioning, and let a lifecycle rule remove old versions after a while.
#     command: aws s3api put-bucket-versioning --bucket NAME --versioning-configuration Status=Enabled
package casemate.aws.s3.versioning

status := object.get(input.facets.versioning, "Status", "never enabled")

compliant if status == "Enabled"

deny contains {"message": sprintf("versioning is %s", [lower(status)]), "evidence": input.facets.versioning} if not compliant
