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
#   frameworks:
#     aws_fsbp: ["ECS.2"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
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
