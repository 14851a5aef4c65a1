# METADATA
# title: Password of a database's administrator is kept and rotated by Secrets Manager
# description: >-
#   Otherwise somebody chose it, and it stands in a template, a pipeline or a message.
# custom:
#   id: aws.rds.password_managed
#   kind: aws.rds.instance
#   area: secrets
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(f)"]
#     pci_dss_4.0: ["8.6.3"]
#   remediation:
#     text: >-
#       Let RDS manage the password.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --manage-master-user-password
package casemate.aws.rds.password_managed

configuration := input.facets.configuration

# The administrator of a cluster belongs to the cluster, a replica has that of its source.
applies if {
	not is_string(configuration.DBClusterIdentifier)
	not is_string(configuration.ReadReplicaSourceDBInstanceIdentifier)
}

secret := object.get(configuration, ["MasterUserSecret", "SecretArn"], "")

compliant if secret != ""

deny contains {"message": "the password is not managed", "evidence": {"SecretArn": secret}} if {
	is_string(configuration.DBInstanceIdentifier)
	secret == ""
}
