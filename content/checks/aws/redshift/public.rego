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
#   frameworks:
#     aws_fsbp: ["Redshift.1"]
#     iso_27001_2022: ["A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4"]
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
