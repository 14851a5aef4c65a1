# METADATA
# title: Networks that reach the API of an EKS cluster are small
# description: >-
#   `0.0.0.0/1` with `128.0.0.0/1`, `::/0` or a whole `/8` are the internet by another name.
# custom:
#   id: aws.eks.endpoint_networks_narrow
#   kind: aws.eks.cluster
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EKS.1"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133]
#   params:
#     ipv4: {type: int, default: 16, description: shortest prefix of an IPv4 network}
#     ipv6: {type: int, default: 48, description: shortest prefix of an IPv6 network}
#   remediation:
#     text: >-
#       List the networks of your offices and builds.
package casemate.aws.eks.endpoint_networks_narrow

configuration := input.facets.configuration

network := configuration.resourcesVpcConfig

applies if not network.endpointPublicAccess == false

limit(cidr) := data.params.ipv6 if contains(cidr, ":")

limit(cidr) := data.params.ipv4 if not contains(cidr, ":")

length(cidr) := to_number(split(cidr, "/")[1])

wide := [cidr | some cidr in network.publicAccessCidrs; length(cidr) < limit(cidr)]

compliant if {
	network.endpointPublicAccess == true
	count(network.publicAccessCidrs) > 0
	every cidr in network.publicAccessCidrs { length(cidr) >= limit(cidr) }
}

deny contains {"message": sprintf("the API is reached from %s", [cidr]), "evidence": {"cidr": cidr}} if {
	network.endpointPublicAccess == true
	some cidr in wide
}
