# METADATA
# title: VPC reaches S3 by an endpoint
# description: >-
#   An endpoint keeps traffic to S3 off the internet, and its policy says to which buckets data may go.
# custom:
#   id: aws.ec2.vpc_endpoint_s3
#   kind: aws.ec2.vpc
#   area: network
#   needs: [endpoints]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Make an endpoint for the service in the network.
#     command: aws ec2 create-vpc-endpoint --vpc-id VPC --service-name com.amazonaws.REGION.s3
package casemate.aws.ec2.vpc_endpoint_s3

endpoints := input.facets.endpoints.items

own := [endpoint |
	some endpoint in endpoints
	endswith(endpoint.ServiceName, ".s3")
	lower(endpoint.State) in {"available", "pending"}
]

compliant if count(own) > 0

deny contains {"message": "no endpoint of it leads to s3", "evidence": {"services": [endpoint.ServiceName | some endpoint in endpoints]}} if {
	is_array(endpoints)
	count(own) == 0
}
