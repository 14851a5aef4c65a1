# METADATA
# title: Volume is encrypted
# description: >-
#   A snapshot of a volume that is not encrypted can be shared with anybody by one call.
# custom:
#   id: aws.ec2.volume_encrypted
#   kind: aws.ec2.volume
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EC2.3"]
#     cis_aws_3.0: ["2.2.1"]
#     cis_aws_5.0: ["5.1.1"]
#     cis_aws_6.0: ["6.1.1"]
#     cis_aws_7.0: ["6.1.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Make a snapshot, copy it with a key, and make the volume anew from the copy.
package casemate.aws.ec2.volume_encrypted

configuration := input.facets.configuration

# The service leaves it out where it is off.
value := object.get(configuration, "Encrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"Encrypted": value}} if value != true
