# METADATA
# title: Machines of the group require IMDSv2
# description: >-
#   The version of the launch template that the group uses decides; only the default version is read, so
#   that of others nothing is said.
# custom:
#   id: aws.autoscaling.group_imdsv2
#   kind: aws.autoscaling.group
#   area: compute
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: out, kind: aws.ec2.launch_template, facets: [configuration]}
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   attack: [T1552.005]
#   remediation:
#     text: >-
#       Make a version of the template with `HttpTokens=required`, and let the group use it.
package casemate.aws.autoscaling.group_imdsv2

group := input.facets.configuration

used := group.LaunchTemplate

used := group.MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification if not group.LaunchTemplate

applies if not elsewhere

# Launch configurations are judged by themselves.
elsewhere if {
	is_string(group.LaunchConfigurationName)
	not used
}

template := found if {
	some one in data.estate.related
	found := one.facets.configuration
	found.LaunchTemplateId == used.LaunchTemplateId
	is_default(found)
}

is_default(_) if used.Version == "$Default"

# What says nothing means the default, too.
is_default(_) if not used.Version

is_default(found) if used.Version == sprintf("%v", [found.VersionNumber])

options := object.get(template, ["LaunchTemplateData", "MetadataOptions"], {})

compliant if options.HttpTokens == "required"

compliant if options.HttpEndpoint == "disabled"

deny contains {"message": "its launch template does not require tokens of the metadata service", "evidence": {"LaunchTemplateId": template.LaunchTemplateId, "MetadataOptions": options}} if {
	template
	not compliant
}
