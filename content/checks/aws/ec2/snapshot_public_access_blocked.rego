# METADATA
# title: Snapshots of the region cannot be made public
# description: >-
#   The block holds whatever a person or a program does to one snapshot.
# custom:
#   id: aws.ec2.snapshot_public_access_blocked
#   kind: aws.account_region
#   area: storage
#   needs: [snapshot_public_access]
#   severity: medium
#   remediation:
#     text: >-
#       Block public sharing of snapshots.
#     command: aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region REGION
package casemate.aws.ec2.snapshot_public_access_blocked

value := input.facets.snapshot_public_access.State

compliant if value in {"block-all-sharing", "block-new-sharing"}

deny contains {"message": sprintf("public sharing of snapshots is %s", [value]), "evidence": {"State": value}} if {
	is_string(value)
	not compliant
}
