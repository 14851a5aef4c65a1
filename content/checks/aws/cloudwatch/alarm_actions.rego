# METADATA
# title: CloudWatch alarm does something when it goes off
# description: >-
#   An alarm whose actions are off, or that has none, changes its colour in a console that nobody looks at.
# custom:
#   id: aws.cloudwatch.alarm_actions
#   kind: aws.cloudwatch.alarm
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-6(1)", "CA-7", "SI-4(2)", "SI-4(12)", "SI-5(1)"]
#     pci_dss_4.0: ["10.4.1", "10.4.1.1", "10.7.2"]
#   remediation:
#     text: >-
#       Give the alarm an action, for example a topic that somebody reads, and turn its actions on.
#     command: aws cloudwatch enable-alarm-actions --alarm-names NAME
package casemate.aws.cloudwatch.alarm_actions

configuration := input.facets.configuration

actions := object.get(configuration, "AlarmActions", [])

compliant if {
	configuration.ActionsEnabled == true
	count(actions) > 0
}

deny contains {"message": "its actions are turned off", "evidence": {"ActionsEnabled": false}} if {
	configuration.ActionsEnabled == false
}

deny contains {"message": "it has no action for the alarm state", "evidence": {"AlarmActions": []}} if count(actions) == 0
