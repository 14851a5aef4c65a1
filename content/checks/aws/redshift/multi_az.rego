# METADATA
# title: Redshift cluster stands in more than one zone
# description: >-
#   One zone that fails takes the cluster with it until it is restored from a snapshot.
# custom:
#   id: aws.redshift.multi_az
#   kind: aws.redshift.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn Multi-AZ on (RA3 nodes).
#     command: aws redshift modify-cluster --cluster-identifier NAME --multi-az
package casemate.aws.redshift.multi_az

configuration := input.facets.configuration

# A text: `Enabled` or `Disabled`, and absent where the type of nodes has it not.
value := object.get(configuration, "MultiAZ", "Disabled")

compliant if lower(value) in {"enabled", "true"}

deny contains {"message": "it stands in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
