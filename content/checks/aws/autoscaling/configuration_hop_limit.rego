# METADATA
# title: Metadata of the launch configuration stay on the machine
# description: >-
#   With more than one hop, containers and forwarders on the machine fetch its credentials too.
# custom:
#   id: aws.autoscaling.configuration_hop_limit
#   kind: aws.autoscaling.launch_configuration
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["AutoScaling.4"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   attack: [T1552.005]
#   remediation:
#     text: >-
#       Move the group to a launch template with a hop limit of 1.
package casemate.aws.autoscaling.configuration_hop_limit

configuration := input.facets.configuration

# The service leaves it out where it is 1.
hops := object.get(configuration, ["MetadataOptions", "HttpPutResponseHopLimit"], 1)

compliant if {
	is_string(configuration.LaunchConfigurationName)
	hops == 1
}

deny contains {"message": sprintf("the hop limit is %d", [hops]), "evidence": {"HttpPutResponseHopLimit": hops}} if hops > 1
