# METADATA
# title: Access point is for a VPC alone
# description: >-
#   An access point whose origin is a VPC answers nobody else, whatever its policy says.
# custom:
#   id: aws.s3control.access_point_vpc
#   kind: aws.s3control.access_point
#   area: network
#   needs: [access_point]
#   severity: low
#   remediation:
#     text: >-
#       Make the access point anew with the VPC as its origin, where its users are in one.
package casemate.aws.s3control.access_point_vpc

point := input.facets.access_point

compliant if point.NetworkOrigin == "VPC"

deny contains {"message": "it answers from the internet", "evidence": {"NetworkOrigin": point.NetworkOrigin}} if {
	is_string(point.NetworkOrigin)
	not compliant
}
