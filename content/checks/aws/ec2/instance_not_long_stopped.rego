# METADATA
# title: Instance was not stopped long ago
# description: >-
#   What has been off for weeks is not patched and not watched, and comes back as it was.
# custom:
#   id: aws.ec2.instance_not_long_stopped
#   kind: aws.ec2.instance
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.4"]
#     iso_27001_2022: ["A.5.9"]
#     nist_800_53_r5: ["CM-8(b)"]
#   clock: day
#   params:
#     days: {type: int, default: 30, description: most days that it may be stopped}
#   remediation:
#     text: >-
#       Make an image where it is still needed, and terminate the instance.
#     command: aws ec2 terminate-instances --instance-ids INSTANCE
package casemate.aws.ec2.instance_not_long_stopped

import data.casemate.lib.date

configuration := input.facets.configuration

stopped if configuration.State.Name == "stopped"

# `User initiated (2024-01-31 10:00:00 GMT)`
on := substring(text, indexof(text, "(") + 1, 10) if {
	text := configuration.StateTransitionReason
	contains(text, "(")
}

days := input.today_days - date.days(on)

compliant if {
	is_string(configuration.State.Name)
	not stopped
}

compliant if {
	stopped
	days <= data.params.days
}

deny contains {"message": sprintf("it has been stopped since %s", [on]), "evidence": {"StateTransitionReason": configuration.StateTransitionReason, "days": days}} if {
	stopped
	days > data.params.days
}
