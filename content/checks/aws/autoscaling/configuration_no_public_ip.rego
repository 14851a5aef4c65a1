# METADATA
# title: Launch configuration gives no public address
# description: >-
#   Machines that are started from it stand on the internet.
# custom:
#   id: aws.autoscaling.configuration_no_public_ip
#   kind: aws.autoscaling.launch_configuration
#   area: network
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Move the group to a launch template without public addresses.
package casemate.aws.autoscaling.configuration_no_public_ip

value := object.get(input.facets.configuration, "AssociatePublicIpAddress", "as the subnet says")

compliant if value == false

deny contains {"message": "it gives public addresses", "evidence": {"AssociatePublicIpAddress": value}} if value == true
