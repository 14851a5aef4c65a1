# METADATA
# title: Database cluster has instances in more than one zone
# description: >-
#   One zone that fails takes a cluster of one instance with it until a new one is made.
# custom:
#   id: aws.rds.cluster_multi_az
#   kind: aws.rds.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Add an instance in another zone.
#     command: aws rds create-db-instance --db-cluster-identifier NAME --db-instance-identifier READER --engine ENGINE --db-instance-class CLASS --availability-zone ZONE
package casemate.aws.rds.cluster_multi_az

configuration := input.facets.configuration

value := object.get(configuration, "MultiAZ", false)

compliant if value == true

deny contains {"message": "its instances stand in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
