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
