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
#   frameworks:
#     aws_fsbp: ["EC2.7"]
#     cis_aws_3.0: ["2.2.1"]
#     cis_aws_5.0: ["5.1.1"]
#     cis_aws_6.0: ["6.1.1"]
#     cis_aws_7.0: ["6.1.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
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
