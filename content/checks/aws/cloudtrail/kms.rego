# METADATA
# title: CloudTrail trail is encrypted with a KMS key
# description: >-
#   With a key, who may read the bucket has not yet read the log: he needs the key as well, and its use is
#   recorded.
# custom:
#   id: aws.cloudtrail.kms
#   kind: aws.cloudtrail.trail
#   area: encryption
#   needs: [trail]
#   severity: low
#   frameworks:
#     aws_fsbp: ["CloudTrail.2"]
#     cis_aws_3.0: ["3.5"]
#     cis_aws_5.0: ["3.5"]
#     cis_aws_6.0: ["4.5"]
#     cis_aws_7.0: ["4.5"]
#     iso_27001_2022: ["A.8.15", "A.8.24"]
#     nist_800_53_r5: ["AU-9(3)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "10.3.1"]
#   remediation:
#     text: >-
#       Give the trail a KMS key whose policy lets CloudTrail encrypt and your readers decrypt.
#     command: aws cloudtrail update-trail --name NAME --kms-key-id ARN
package casemate.aws.cloudtrail.kms

trail := input.facets.trail

compliant if trail.KmsKeyId != ""

deny contains {"message": "no KMS key is set", "evidence": {"KmsKeyId": object.get(trail, "KmsKeyId", "")}} if not compliant
