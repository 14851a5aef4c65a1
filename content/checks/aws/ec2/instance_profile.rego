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
#   frameworks:
#     cis_aws_3.0: ["1.18"]
#     cis_aws_5.0: ["1.17"]
#     cis_aws_6.0: ["2.17"]
#     cis_aws_7.0: ["2.16"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(h)"]
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
