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
#   remediation:
#     text: >-
#       Give the trail a KMS key whose policy lets CloudTrail encrypt and your readers decrypt.
#     command: aws cloudtrail update-trail --name NAME --kms-key-id ARN
package casemate.aws.cloudtrail.kms

trail := input.facets.trail

compliant if trail.KmsKeyId != ""

deny contains {"message": "no KMS key is set", "evidence": {"KmsKeyId": object.get(trail, "KmsKeyId", "")}} if not compliant
