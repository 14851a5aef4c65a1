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
