# METADATA
# title: Database instance has no public address
# description: >-
#   Its name resolves to a public address, so that a security group alone keeps the internet out.
# custom:
#   id: aws.rds.public
#   kind: aws.rds.instance
#   area: database
#   needs: [configuration]
#   severity: high
#   attack: [T1190]
#   remediation:
#     text: >-
#       Turn public access off, and reach the database from inside the VPC, by VPN or by a bastion.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --no-publicly-accessible --apply-immediately
package casemate.aws.rds.public

configuration := input.facets.configuration

value := configuration.PubliclyAccessible

compliant if value == false

deny contains {"message": "it has a public address", "evidence": {"PubliclyAccessible": value}} if value == true
