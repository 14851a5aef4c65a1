# METADATA
# title: Instance has a role
# description: >-
#   Programs on a machine without a role are given long-lived keys, which lie in files and are never changed.
# custom:
#   id: aws.ec2.instance_profile
#   kind: aws.ec2.instance
#   area: identity
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Give the instance a profile whose role may do what its programs need.
#     command: aws ec2 associate-iam-instance-profile --instance-id INSTANCE --iam-instance-profile Name=PROFILE
package casemate.aws.ec2.instance_profile

configuration := input.facets.configuration

value := object.get(configuration, ["IamInstanceProfile", "Arn"], "")

compliant if value != ""

deny contains {"message": "no instance profile is associated", "evidence": {"Arn": value}} if {
	is_string(configuration.InstanceId)
	value == ""
}
