# METADATA
# title: Snapshot can be restored by nobody else
# description: >-
#   Everybody with an account of AWS can make a disk of a public snapshot and read it.
# custom:
#   id: aws.ec2.snapshot_not_public
#   kind: aws.ec2.snapshot
#   area: storage
#   needs: [create_volume_permissions]
#   severity: critical
#   attack: [T1530]
#   remediation:
#     text: >-
#       Take the group `all` out, and see who copied it: CloudTrail shows SharedSnapshotCopyInitiated.
#     command: aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission --operation-type remove --group-names all
package casemate.aws.ec2.snapshot_not_public

permissions := input.facets.create_volume_permissions.CreateVolumePermissions

open := [permission | some permission in permissions; permission.Group == "all"]

compliant if {
	is_array(permissions)
	count(open) == 0
}

deny contains {"message": "everybody may restore it", "evidence": {"CreateVolumePermissions": open}} if count(open) > 0
