# METADATA
# title: Redshift cluster makes snapshots by itself and keeps them long enough
# description: >-
#   Damage that is found after the last snapshot has gone cannot be undone; 0 days turns them off.
# custom:
#   id: aws.redshift.automatic_snapshots
#   kind: aws.redshift.cluster
#   area: backup
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Redshift.3"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   params:
#     days: {type: int, default: 7, description: fewest days that snapshots are kept}
#   remediation:
#     text: >-
#       Set the retention of automatic snapshots to 7 days or more.
#     command: aws redshift modify-cluster --cluster-identifier NAME --automated-snapshot-retention-period 7
package casemate.aws.redshift.automatic_snapshots

configuration := input.facets.configuration

kept := configuration.AutomatedSnapshotRetentionPeriod

compliant if kept >= data.params.days

deny contains {"message": sprintf("snapshots are kept for %d days", [kept]), "evidence": {"AutomatedSnapshotRetentionPeriod": kept}} if kept < data.params.days
