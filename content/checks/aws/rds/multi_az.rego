# METADATA
# title: Database instance has a standby in another zone
# description: >-
#   One zone that fails takes the database with it; with a standby it is back within minutes and has lost
#   nothing. Clusters are judged by `aws.rds.cluster_multi_az`.
# custom:
#   id: aws.rds.multi_az
#   kind: aws.rds.instance
#   area: database
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn Multi-AZ on; the change copies the storage while the instance runs.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --multi-az --apply-immediately
package casemate.aws.rds.multi_az

configuration := input.facets.configuration

# What a cluster holds is set on the cluster.
applies if not is_string(configuration.DBClusterIdentifier)

value := object.get(configuration, "MultiAZ", false)

compliant if value == true

deny contains {"message": "it stands in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
