# METADATA
# title: Instance with a public address has no role
# description: >-
#   Whoever breaks into a machine on the internet has what its role may do. Machines that must be public
#   should be allowed little or nothing.
# custom:
#   id: aws.ec2.instance_public_without_role
#   kind: aws.ec2.instance
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   attack: [T1552.005]
#   remediation:
#     text: >-
#       Put a load balancer before the machine and take its address away, or its role.
package casemate.aws.ec2.instance_public_without_role

import data.casemate.lib.aws.network

configuration := input.facets.configuration

role := object.get(configuration, ["IamInstanceProfile", "Arn"], "")

exposed if network.has_public_address(configuration)

readable if {
	is_string(configuration.InstanceId)
	is_array(configuration.NetworkInterfaces)
}

compliant if {
	readable
	not exposed
}

compliant if {
	readable
	role == ""
}

deny contains {"message": sprintf("it has a public address and the profile %s", [role]), "evidence": {"Arn": role}} if {
	exposed
	role != ""
}
