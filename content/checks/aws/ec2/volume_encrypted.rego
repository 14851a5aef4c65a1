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
#   remediation:
#     text: >-
#       Make a snapshot, copy it with a key, and make the volume anew from the copy.
package casemate.aws.ec2.volume_encrypted

configuration := input.facets.configuration

# The service leaves it out where it is off.
value := object.get(configuration, "Encrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"Encrypted": value}} if value != true
