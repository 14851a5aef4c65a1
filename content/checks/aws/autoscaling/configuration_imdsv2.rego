# METADATA
# title: Launch configuration requires IMDSv2
# description: >-
#   Machines that are started from it give their credentials to any request where tokens are not required.
# custom:
#   id: aws.autoscaling.configuration_imdsv2
#   kind: aws.autoscaling.launch_configuration
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["AutoScaling.3"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   attack: [T1552.005]
#   remediation:
#     text: >-
#       Move the group to a launch template with `HttpTokens=required`.
package casemate.aws.autoscaling.configuration_imdsv2

configuration := input.facets.configuration

options := object.get(configuration, "MetadataOptions", {})

compliant if options.HttpTokens == "required"

compliant if options.HttpEndpoint == "disabled"

deny contains {"message": "it does not require tokens of the metadata service", "evidence": {"MetadataOptions": options}} if {
	is_string(configuration.LaunchConfigurationName)
	not compliant
}
