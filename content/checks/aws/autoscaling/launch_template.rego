# METADATA
# title: Group uses a launch template
# description: >-
#   Launch configurations take no new settings any more, and know no versions.
# custom:
#   id: aws.autoscaling.launch_template
#   kind: aws.autoscaling.group
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["AutoScaling.9"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   remediation:
#     text: >-
#       Make a launch template and give it to the group.
package casemate.aws.autoscaling.launch_template

group := input.facets.configuration

template if group.LaunchTemplate.LaunchTemplateId

template if group.MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId

compliant if template

deny contains {"message": sprintf("it uses the launch configuration %s", [group.LaunchConfigurationName]), "evidence": {"LaunchConfigurationName": group.LaunchConfigurationName}} if {
	is_string(group.LaunchConfigurationName)
	not template
}
