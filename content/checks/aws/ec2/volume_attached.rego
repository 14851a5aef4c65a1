# METADATA
# title: Volume is in use
# description: >-
#   A volume that nobody uses keeps its data, is watched by nobody, and costs money.
# custom:
#   id: aws.ec2.volume_attached
#   kind: aws.ec2.volume
#   area: storage
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.3"]
#     iso_27001_2022: ["A.5.9"]
#     nist_800_53_r5: ["CM-8(b)"]
#   remediation:
#     text: >-
#       Make a snapshot where the data matter, and delete the volume.
#     command: aws ec2 delete-volume --volume-id VOLUME
package casemate.aws.ec2.volume_attached

configuration := input.facets.configuration

compliant if count(configuration.Attachments) > 0

deny contains {"message": "it is attached to nothing", "evidence": {"State": configuration.State}} if configuration.State == "available"
