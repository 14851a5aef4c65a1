# METADATA
# title: Task definition mounts EFS with encryption on the way
# description: >-
#   Without it files pass the network in the clear, and IAM does not decide who mounts.
# custom:
#   id: aws.ecs.efs_transit_encryption
#   kind: aws.ecs.task_definition
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set `transitEncryption: ENABLED` on each volume of EFS.
package casemate.aws.ecs.efs_transit_encryption

configuration := input.facets.configuration

volumes := [volume |
	some volume in object.get(configuration, "volumes", [])
	volume.efsVolumeConfiguration
]

applies if count(volumes) > 0

applies if not is_string(configuration.taskDefinitionArn)

bad := [volume.name |
	some volume in volumes
	not volume.efsVolumeConfiguration.transitEncryption == "ENABLED"
]

compliant if {
	is_string(configuration.taskDefinitionArn)
	count(bad) == 0
}

deny contains {"message": sprintf("the volume %s is mounted in the clear", [name]), "evidence": {"volume": name}} if some name in bad
