# METADATA
# title: New volumes of the region are encrypted
# description: >-
#   With the setting on, nobody can forget to encrypt a volume.
# custom:
#   id: aws.ec2.ebs_encryption_by_default
#   kind: aws.account_region
#   area: encryption
#   needs: [ebs_encryption_by_default]
#   severity: medium
#   remediation:
#     text: >-
#       Turn encryption by default on in each region in use.
#     command: aws ec2 enable-ebs-encryption-by-default --region REGION
package casemate.aws.ec2.ebs_encryption_by_default

ebs_encryption_by_default := input.facets.ebs_encryption_by_default

# The service leaves it out where it is off.
value := object.get(ebs_encryption_by_default, "EbsEncryptionByDefault", false)

compliant if value == true

deny contains {"message": "encryption by default is off", "evidence": {"EbsEncryptionByDefault": value}} if value != true
