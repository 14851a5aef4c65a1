# METADATA
# title: VPC reaches Systems Manager by an endpoint
# description: >-
#   Machines are kept and patched by Systems Manager without a road to the internet.
# custom:
#   id: aws.ec2.vpc_endpoint_ssm
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
#     command: aws ec2 create-vpc-endpoint --vpc-id VPC --service-name com.amazonaws.REGION.ssm
package casemate.aws.ec2.vpc_endpoint_ssm

endpoints := input.facets.endpoints.items

own := [endpoint |
	some endpoint in endpoints
	endswith(endpoint.ServiceName, ".ssm")
	lower(endpoint.State) in {"available", "pending"}
]

compliant if count(own) > 0

deny contains {"message": "no endpoint of it leads to ssm", "evidence": {"services": [endpoint.ServiceName | some endpoint in endpoints]}} if {
	is_array(endpoints)
	count(own) == 0
}
