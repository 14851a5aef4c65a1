# METADATA
# title: Multi-AZ database cluster has no public address
# description: >-
#   Its name resolves to a public address, so that a security group alone keeps the internet out. In Aurora,
#   DocumentDB and Neptune the instances say it.
# custom:
#   id: aws.rds.cluster_public
#   kind: aws.rds.cluster
#   area: database
#   needs: [configuration]
#   severity: high
#   attack: [T1190]
#   remediation:
#     text: >-
#       Restore it without public access.
package casemate.aws.rds.cluster_public

configuration := input.facets.configuration

# Only a Multi-AZ cluster has a class of machines of its own.
applies if is_string(configuration.DBClusterInstanceClass)

applies if not is_string(configuration.DBClusterIdentifier)

value := configuration.PubliclyAccessible

compliant if value == false

deny contains {"message": "it has a public address", "evidence": {"PubliclyAccessible": value}} if value == true
