# METADATA
# title: No shell can be opened in containers of an ECS service
# description: >-
#   With ECS Exec whoever may call `ecs:ExecuteCommand` acts as the task's role. It is meant for times of trouble.
# custom:
#   id: aws.ecs.service_exec_off
#   kind: aws.ecs.service
#   area: container
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   attack: [T1609]
#   remediation:
#     text: >-
#       Turn it off when it is not needed, and give `ecs:ExecuteCommand` to few.
#     command: aws ecs update-service --cluster CLUSTER --service NAME --no-enable-execute-command --force-new-deployment
package casemate.aws.ecs.service_exec_off

configuration := input.facets.configuration

on := object.get(configuration, "enableExecuteCommand", false)

compliant if {
	is_string(configuration.serviceArn)
	on == false
}

deny contains {"message": "ECS Exec is on", "evidence": {"enableExecuteCommand": on}} if on == true
