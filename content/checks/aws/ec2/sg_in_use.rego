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
#   remediation:
#     text: >-
#       Delete the group.
#     command: aws ec2 delete-security-group --group-id GROUP
package casemate.aws.ec2.sg_in_use

used := input.facets.in_use.InUse

compliant if used == true

deny contains {"message": "no network interface has it", "evidence": {"InUse": used}} if used == false
