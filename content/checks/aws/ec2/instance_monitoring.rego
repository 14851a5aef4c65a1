# METADATA
# title: Instance is measured each minute
# description: >-
#   The free metrics come every five minutes: too seldom for alarms on misuse.
# custom:
#   id: aws.ec2.instance_monitoring
#   kind: aws.ec2.instance
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.6", "A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#   remediation:
#     text: >-
#       Turn detailed monitoring on.
#     command: aws ec2 monitor-instances --instance-ids INSTANCE
package casemate.aws.ec2.instance_monitoring

value := input.facets.configuration.Monitoring.State

compliant if value in {"enabled", "pending"}

deny contains {"message": sprintf("detailed monitoring is %s", [value]), "evidence": {"State": value}} if {
	is_string(value)
	not compliant
}
