# METADATA
# title: Snapshot is shared with no other account
# description: >-
#   Whoever may restore a snapshot reads the whole disk.
# custom:
#   id: aws.ec2.snapshot_shared
#   kind: aws.ec2.snapshot
#   area: storage
#   needs: [create_volume_permissions]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Take accounts out that do not need it any more.
#     command: aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission --operation-type remove --user-ids ACCOUNT
package casemate.aws.ec2.snapshot_shared

permissions := input.facets.create_volume_permissions.CreateVolumePermissions

compliant if count(permissions) == 0

deny contains {"message": sprintf("account %s may restore it", [permission.UserId]), "evidence": permission} if some permission in permissions

deny contains {"message": "everybody may restore it", "evidence": permission} if {
	some permission in permissions
	permission.Group == "all"
}
