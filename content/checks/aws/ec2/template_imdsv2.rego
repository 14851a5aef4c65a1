# METADATA
# title: Launch template requires IMDSv2
# description: >-
#   Machines that are started from the template give their credentials to any request where tokens are not
#   required.
# custom:
#   id: aws.ec2.template_imdsv2
#   kind: aws.ec2.launch_template
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Make a version with `HttpTokens=required` and let it be the default.
#     command: aws ec2 create-launch-template-version --launch-template-id TEMPLATE --source-version 1 --launch-template-data JSON
package casemate.aws.ec2.template_imdsv2

configuration := input.facets.configuration

options := object.get(configuration, ["LaunchTemplateData", "MetadataOptions"], {})

compliant if options.HttpTokens == "required"

compliant if options.HttpEndpoint == "disabled"

deny contains {"message": "it does not require tokens of the metadata service", "evidence": {"MetadataOptions": options}} if {
	is_string(configuration.LaunchTemplateId)
	not compliant
}
