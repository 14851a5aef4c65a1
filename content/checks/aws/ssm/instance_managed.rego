# METADATA
# title: EC2 instance is managed by Systems Manager
# description: >-
#   Instances that its agent does not make known are patched and looked after by hand, or not at all.
# custom:
#   id: aws.ssm.instance_managed
#   kind: aws.ec2.instance
#   area: governance
#   needs: [configuration]
#   related: [{edge: uses, direction: in, kind: aws.ssm.managed_instance, facets: [information]}]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SSM.1"]
#     iso_27001_2022: ["A.5.9", "A.8.9"]
#     nist_800_53_r5: ["CM-2(2)", "CM-8(2)"]
#   remediation:
#     text: >-
#       Give the instance a profile with AmazonSSMManagedInstanceCore and see that the agent runs and reaches the service.
package casemate.aws.ssm.instance_managed

configuration := input.facets.configuration

stopped if {
	is_string(configuration.State.Name)
	configuration.State.Name != "running"
}

applies if not stopped

known := [one |
	some one in data.estate.related
	one.facets.information.InstanceId == configuration.InstanceId
]

compliant if count(known) > 0

deny contains {"message": "no agent has made it known", "evidence": {"State": configuration.State.Name}} if {
	configuration.State.Name == "running"
	count(known) == 0
}
