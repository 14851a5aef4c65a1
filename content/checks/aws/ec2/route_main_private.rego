# METADATA
# title: Main route table leads to no internet gateway
# description: >-
#   A subnet with which no table is associated takes the main one: new subnets should not be public by
#   mistake.
# custom:
#   id: aws.ec2.route_main_private
#   kind: aws.ec2.route_table
#   area: network
#   needs: [configuration, targets]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Associate the public subnets with a table of their own, and take the route out of the main one.
package casemate.aws.ec2.route_main_private

configuration := input.facets.configuration

gateways := input.facets.targets.internet_gateways

main if {
	some association in configuration.Associations
	association.Main == true
}

applies if not other

other if {
	is_array(configuration.Associations)
	not main
}

compliant if {
	main
	count(gateways) == 0
}

deny contains {"message": sprintf("it leads to %s", [gateway]), "evidence": {"GatewayId": gateway}} if {
	main
	some gateway in gateways
}
