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
#   frameworks:
#     aws_fsbp: ["RDS.2"]
#     cis_aws_3.0: ["2.3.3"]
#     cis_aws_5.0: ["2.2.3"]
#     cis_aws_6.0: ["3.2.3"]
#     cis_aws_7.0: ["3.2.3"]
#     iso_27001_2022: ["A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4"]
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
