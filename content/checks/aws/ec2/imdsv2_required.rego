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
#   frameworks:
#     aws_fsbp: ["EC2.8"]
#     cis_aws_3.0: ["5.6"]
#     cis_aws_5.0: ["5.7"]
#     cis_aws_6.0: ["6.7"]
#     cis_aws_7.0: ["6.7"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
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
