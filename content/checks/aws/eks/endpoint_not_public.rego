# METADATA
# title: API of an EKS cluster is not open to the internet
# description: >-
#   Everybody reaches the API server; one stolen token or one hole in it is enough.
# custom:
#   id: aws.eks.endpoint_not_public
#   kind: aws.eks.cluster
#   area: network
#   needs: [configuration]
#   severity: high
#   frameworks:
#     aws_fsbp: ["EKS.1"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
#   attack: [T1133]
#   remediation:
#     text: >-
#       Turn the public endpoint off, or list the networks that may reach it.
#     command: aws eks update-cluster-config --name NAME --resources-vpc-config endpointPublicAccess=false,endpointPrivateAccess=true
package casemate.aws.eks.endpoint_not_public

configuration := input.facets.configuration

network := configuration.resourcesVpcConfig

open if {
	network.endpointPublicAccess == true
	"0.0.0.0/0" in network.publicAccessCidrs
}

compliant if network.endpointPublicAccess == false

compliant if {
	network.endpointPublicAccess == true
	count(network.publicAccessCidrs) > 0
	not "0.0.0.0/0" in network.publicAccessCidrs
}

deny contains {"message": "the API is reached from 0.0.0.0/0", "evidence": {"publicAccessCidrs": network.publicAccessCidrs}} if open
