# METADATA
# title: Instance gives its credentials by IMDSv2 alone
# description: >-
#   Version 1 of the metadata service answers any request from the machine, so that a web server which can be
#   made to fetch an address gives away the role's credentials.
# custom:
#   id: aws.ec2.imdsv2_required
#   kind: aws.ec2.instance
#   area: compute
#   needs: [configuration]
#   severity: high
#   attack: [T1552.005]
#   remediation:
#     text: >-
#       Require tokens, or turn the metadata service off where nothing uses it.
#     command: aws ec2 modify-instance-metadata-options --instance-id INSTANCE --http-tokens required
package casemate.aws.ec2.imdsv2_required

options := input.facets.configuration.MetadataOptions

compliant if options.HttpTokens == "required"

compliant if options.HttpEndpoint == "disabled"

deny contains {"message": "the metadata service answers without a token (IMDSv1)", "evidence": {"HttpTokens": options.HttpTokens, "HttpEndpoint": options.HttpEndpoint}} if {
	options.HttpEndpoint == "enabled"
	options.HttpTokens == "optional"
}
