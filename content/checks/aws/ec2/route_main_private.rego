# METADATA
# title: Main route table leads to no internet gateway
# description: >-
#   A subnet with which no table is associated takes the main one: new subnets should not be public by
#   mistake.
# custom:
#   id: aws.ec2.route_main_private
#   kind: aws.ec2.route_table
#   area: network
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Associate the public subnets with a table of their own, and take the route out of the main one.
package casemate.aws.ec2.route_main_private

import data.casemate.lib.aws.network

configuration := input.facets.configuration

main if {
	some association in configuration.Associations
	association.Main == true
}

applies if not other

other if {
	is_array(configuration.Associations)
	not main
}

roads := network.internet_routes(configuration)

compliant if {
	main
	is_array(configuration.Routes)
	count(roads) == 0
}

deny contains {"message": sprintf("it leads to %s", [route.GatewayId]), "evidence": route} if {
	main
	some route in roads
}
