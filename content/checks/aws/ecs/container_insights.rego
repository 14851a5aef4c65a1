# METADATA
# title: ECS cluster has Container Insights
# description: >-
#   Without it there are no figures of tasks and containers from before an incident.
# custom:
#   id: aws.ecs.container_insights
#   kind: aws.ecs.cluster
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ECS.12"]
#     iso_27001_2022: ["A.8.6", "A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#   remediation:
#     text: >-
#       Turn on Container Insights for the cluster, or for all new ones in the account settings.
#     command: aws ecs update-cluster-settings --cluster NAME --settings name=containerInsights,value=enabled
package casemate.aws.ecs.container_insights

configuration := input.facets.configuration

compliant if {
	some setting in configuration.settings
	setting.name == "containerInsights"
	setting.value in {"enabled", "enhanced"}
}

deny contains {"message": "Container Insights is off", "evidence": {"settings": object.get(configuration, "settings", [])}} if not compliant
