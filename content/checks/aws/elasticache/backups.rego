# METADATA
# title: ElastiCache cluster is backed up every day
# description: >-
#   What stands in the cache alone is gone with its node.
# custom:
#   id: aws.elasticache.backups
#   kind: aws.elasticache.cluster
#   area: backup
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ElastiCache.1"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   params:
#     days: {type: int, default: 1, description: fewest days that snapshots are kept}
#   remediation:
#     text: >-
#       Set the retention of snapshots to a day or more. Where it is a cache alone, exempt it.
#     command: aws elasticache modify-cache-cluster --cache-cluster-id NAME --snapshot-retention-limit 1
package casemate.aws.elasticache.backups

configuration := input.facets.configuration

# Memcached cannot be backed up.
applies if not configuration.Engine == "memcached"

kept := configuration.SnapshotRetentionLimit

compliant if kept >= data.params.days

deny contains {"message": sprintf("snapshots are kept for %d days", [kept]), "evidence": {"SnapshotRetentionLimit": kept}} if kept < data.params.days
