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
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
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
