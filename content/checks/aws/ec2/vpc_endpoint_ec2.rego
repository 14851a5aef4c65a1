# METADATA
# title: VPC reaches the API of EC2 by an endpoint
# description: >-
#   Without an endpoint, calls to EC2 leave the network through a gateway to the internet.
# custom:
#   id: aws.ec2.vpc_endpoint_ec2
#   kind: aws.ec2.vpc
#   area: network
#   needs: [endpoints]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.10"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Make an endpoint for the service in the network.
#     command: aws ec2 create-vpc-endpoint --vpc-id VPC --service-name com.amazonaws.REGION.ec2
package casemate.aws.ec2.vpc_endpoint_ec2

endpoints := input.facets.endpoints.items

own := [endpoint |
	some endpoint in endpoints
	endswith(endpoint.ServiceName, ".ec2")
	lower(endpoint.State) in {"available", "pending"}
]

compliant if count(own) > 0

deny contains {"message": "no endpoint of it leads to ec2", "evidence": {"services": [endpoint.ServiceName | some endpoint in endpoints]}} if {
	is_array(endpoints)
	count(own) == 0
}
