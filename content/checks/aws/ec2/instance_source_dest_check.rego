# METADATA
# title: Instance forwards no traffic of others
# description: >-
#   With the check off the machine can pass on and forge packets of its whole network.
# custom:
#   id: aws.ec2.instance_source_dest_check
#   kind: aws.ec2.instance
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Turn the check on; only machines that route (NAT, firewalls) need it off.
#     command: aws ec2 modify-instance-attribute --instance-id INSTANCE --source-dest-check
package casemate.aws.ec2.instance_source_dest_check

interfaces := input.facets.configuration.NetworkInterfaces

off := [interface.NetworkInterfaceId | some interface in interfaces; interface.SourceDestCheck == false]

compliant if {
	count(interfaces) > 0
	every interface in interfaces { interface.SourceDestCheck == true }
}

deny contains {"message": sprintf("the source and destination check of %s is off", [id]), "evidence": {"NetworkInterfaceId": id}} if some id in off
