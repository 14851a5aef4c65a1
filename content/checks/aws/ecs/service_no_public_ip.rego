# METADATA
# title: Tasks of an ECS service get no public address
# description: >-
#   With a public address each task is one security group away from the internet, past the load balancer.
# custom:
#   id: aws.ecs.service_no_public_ip
#   kind: aws.ecs.service
#   area: network
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Turn off `assignPublicIp`, and let tasks reach out by a NAT gateway or endpoints.
package casemate.aws.ecs.service_no_public_ip

configuration := input.facets.configuration

public := object.get(configuration, ["networkConfiguration", "awsvpcConfiguration", "assignPublicIp"], "DISABLED")

compliant if {
	is_string(configuration.serviceArn)
	public == "DISABLED"
}

deny contains {"message": "tasks get public addresses", "evidence": {"assignPublicIp": public}} if public == "ENABLED"
