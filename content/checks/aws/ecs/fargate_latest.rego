# METADATA
# title: Fargate service runs on the latest platform
# description: >-
#   A fixed platform version keeps kernel and runtime of its day; LATEST takes the mended one with each
#   deployment.
# custom:
#   id: aws.ecs.fargate_latest
#   kind: aws.ecs.service
#   area: container
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ECS.10"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   params:
#     linux: {type: string, default: 1.4.0, description: newest platform version for Linux}
#     windows: {type: string, default: 1.0.0, description: newest platform version for Windows}
#   remediation:
#     text: >-
#       Set the platform version to LATEST, or to the newest.
package casemate.aws.ecs.fargate_latest

configuration := input.facets.configuration

# Instances and outside machines have no platform of AWS.
applies if fargate

applies if not is_string(configuration.serviceArn)

fargate if configuration.launchType == "FARGATE"

fargate if {
	some one in configuration.capacityProviderStrategy
	startswith(one.capacityProvider, "FARGATE")
}

version := object.get(configuration, "platformVersion", "LATEST")

windows if startswith(configuration.platformFamily, "WINDOWS")

newest := data.params.windows if windows

newest := data.params.linux if not windows

compliant if {
	is_string(configuration.serviceArn)
	version in {"LATEST", newest}
}

deny contains {"message": sprintf("platform version %s is fixed; the newest is %s", [version, newest]), "evidence": {"platformVersion": version}} if {
	not version in {"LATEST", newest}
}
