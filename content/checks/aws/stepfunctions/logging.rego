# METADATA
# title: State machine logs its executions
# description: >-
#   The history of an execution is kept for 90 days, that of an express one not at all. The log says what was done
#   with which data.
# custom:
#   id: aws.stepfunctions.logging
#   kind: aws.stepfunctions.state_machine
#   area: logging
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["StepFunctions.1"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   params:
#     levels: {type: list, default: [ERROR, FATAL, ALL], description: levels that are enough}
#   remediation:
#     text: >-
#       Set a level of ERROR or more and a log group.
package casemate.aws.stepfunctions.logging

configuration := input.facets.configuration

level := object.get(configuration, ["loggingConfiguration", "level"], "OFF")

groups := [one.cloudWatchLogsLogGroup.logGroupArn |
	some one in object.get(configuration, ["loggingConfiguration", "destinations"], [])
	one.cloudWatchLogsLogGroup.logGroupArn != ""
]

compliant if {
	level in data.params.levels
	count(groups) > 0
}

deny contains {"message": sprintf("the level of its log is %s", [level]), "evidence": {"level": level}} if not level in data.params.levels

deny contains {"message": "its log goes to no group", "evidence": {"destinations": []}} if {
	level in data.params.levels
	count(groups) == 0
}
