# METADATA
# title: Routes lead to what is there
# description: >-
#   A route to what is no more drops traffic in silence, and a new gateway of somebody else may take its
#   place.
# custom:
#   id: aws.ec2.route_leads_somewhere
#   kind: aws.ec2.route_table
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Delete the route.
#     command: aws ec2 delete-route --route-table-id TABLE --destination-cidr-block CIDR
package casemate.aws.ec2.route_leads_somewhere

routes := input.facets.configuration.Routes

dead := [route | some route in routes; route.State == "blackhole"]

compliant if {
	is_array(routes)
	count(dead) == 0
}

deny contains {"message": sprintf("%d routes lead nowhere", [count(dead)]), "evidence": {"routes": dead}} if count(dead) > 0
