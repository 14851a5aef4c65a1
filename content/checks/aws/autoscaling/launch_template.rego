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
