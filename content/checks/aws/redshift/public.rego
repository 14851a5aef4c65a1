# METADATA
# title: Redshift cluster has no public address
# description: >-
#   Its name resolves to a public address, so that a security group alone keeps the internet out.
# custom:
#   id: aws.redshift.public
#   kind: aws.redshift.cluster
#   area: database
#   needs: [configuration]
#   severity: high
#   attack: [T1190]
#   remediation:
#     text: >-
#       Turn public access off, and reach the cluster from inside the VPC.
#     command: aws redshift modify-cluster --cluster-identifier NAME --no-publicly-accessible
package casemate.aws.redshift.public

configuration := input.facets.configuration

value := configuration.PubliclyAccessible

compliant if value == false

deny contains {"message": "it has a public address", "evidence": {"PubliclyAccessible": value}} if value == true
