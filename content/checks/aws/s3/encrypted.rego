# METADATA
# title: Bucket encrypts by default
# description: >-
#   S3 does so by itself since 2023; stores that speak its language may not.
# custom:
#   id: aws.s3.encrypted
#   kind: aws.s3.bucket
#   area: encryption
#   needs: [encryption]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Set default encryption.
package casemate.aws.s3.encrypted

facet := input.facets.encryption

compliant if {
	some rule in facet.Rules
	rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm != ""
}

deny contains {"message": "default encryption is not set", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
