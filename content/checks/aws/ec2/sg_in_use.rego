# METADATA
# title: Security group is in use
# description: >-
#   A group that nothing uses is kept by nobody, and one day somebody takes it for what its name says. In a
#   network that is shared, another account may use it unseen.
# custom:
#   id: aws.ec2.sg_in_use
#   kind: aws.ec2.security_group
#   area: network
#   needs: [in_use]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.22"]
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Delete the group.
#     command: aws ec2 delete-security-group --group-id GROUP
package casemate.aws.ec2.sg_in_use

used := input.facets.in_use.InUse

compliant if used == true

deny contains {"message": "no network interface has it", "evidence": {"InUse": used}} if used == false
