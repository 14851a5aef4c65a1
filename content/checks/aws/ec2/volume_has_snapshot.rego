# METADATA
# title: Volume has a snapshot
# description: >-
#   A volume without a copy is gone with one mistaken call.
# custom:
#   id: aws.ec2.volume_has_snapshot
#   kind: aws.ec2.volume
#   area: backup
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: in, kind: aws.ec2.snapshot, facets: [configuration]}
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   remediation:
#     text: >-
#       Let AWS Backup or a lifecycle policy make snapshots.
#     command: aws ec2 create-snapshot --volume-id VOLUME
package casemate.aws.ec2.volume_has_snapshot

configuration := input.facets.configuration

whole := [one.resource.name | some one in data.estate.related; one.facets.configuration.State in {"completed", "pending"}]

compliant if {
	is_string(configuration.VolumeId)
	count(whole) > 0
}

deny contains {"message": "there is no snapshot of it", "evidence": {"snapshots": whole}} if {
	is_string(configuration.VolumeId)
	count(whole) == 0
}
