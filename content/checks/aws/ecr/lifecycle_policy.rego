# METADATA
# title: Old images of the repository are cleaned up
# description: >-
#   Images that nobody uses cost money and hold the holes of their day, ready to be run again.
# custom:
#   id: aws.ecr.lifecycle_policy
#   kind: aws.ecr.repository
#   area: container
#   needs: [lifecycle]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ECR.3"]
#     iso_27001_2022: ["A.8.10"]
#     nist_800_53_r5: ["SI-12"]
#     pci_dss_4.0: ["3.2.1"]
#   remediation:
#     text: >-
#       Write a lifecycle policy that removes untagged and old images.
package casemate.aws.ecr.lifecycle_policy

lifecycle := input.facets.lifecycle

compliant if lifecycle.present == true

deny contains {"message": "no lifecycle policy is set", "evidence": {"present": false}} if lifecycle.present == false
