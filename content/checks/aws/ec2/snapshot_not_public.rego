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
#   frameworks:
#     aws_fsbp: ["EC2.1"]
#     iso_27001_2022: ["A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "MP-2"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
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
