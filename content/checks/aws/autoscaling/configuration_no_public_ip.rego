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
#   frameworks:
#     aws_fsbp: ["AutoScaling.5"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
#   remediation:
#     text: >-
#       Move the group to a launch template without public addresses.
package casemate.aws.autoscaling.configuration_no_public_ip

value := object.get(input.facets.configuration, "AssociatePublicIpAddress", "as the subnet says")

compliant if value == false

deny contains {"message": "it gives public addresses", "evidence": {"AssociatePublicIpAddress": value}} if value == true
