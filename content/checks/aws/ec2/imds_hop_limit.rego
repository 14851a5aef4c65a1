# METADATA
# title: Metadata of the instance stay on the machine
# description: >-
#   With more than one hop, containers and forwarders on the machine fetch its credentials too.
# custom:
#   id: aws.ec2.imds_hop_limit
#   kind: aws.ec2.instance
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   attack: [T1552.005]
#   remediation:
#     text: >-
#       Set the hop limit to 1; containers that need a role get their own.
#     command: aws ec2 modify-instance-metadata-options --instance-id INSTANCE --http-put-response-hop-limit 1
package casemate.aws.ec2.imds_hop_limit

options := input.facets.configuration.MetadataOptions

compliant if options.HttpPutResponseHopLimit == 1

compliant if options.HttpEndpoint == "disabled"

deny contains {"message": sprintf("the hop limit is %d", [options.HttpPutResponseHopLimit]), "evidence": {"HttpPutResponseHopLimit": options.HttpPutResponseHopLimit}} if {
	options.HttpEndpoint == "enabled"
	options.HttpPutResponseHopLimit > 1
}
