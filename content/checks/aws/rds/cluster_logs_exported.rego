# METADATA
# title: Database cluster sends its logs to CloudWatch
# description: >-
#   On the instances logs are kept for days and go with them. The audit log is asked for of Aurora MySQL,
#   DocumentDB and Neptune, the one log of PostgreSQL, the error log of MySQL.
# custom:
#   id: aws.rds.cluster_logs_exported
#   kind: aws.rds.cluster
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["DocumentDB.4", "Neptune.2", "RDS.34", "RDS.37"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Export the logs that are missing; audit logs must be turned on in the parameter group too.
#     command: aws rds modify-db-cluster --db-cluster-identifier NAME --cloudwatch-logs-export-configuration '{"EnableLogTypes":["audit"]}'
package casemate.aws.rds.cluster_logs_exported

configuration := input.facets.configuration

wanted := {
	"aurora-mysql": "audit", "aurora-postgresql": "postgresql", "postgres": "postgresql", "mysql": "error",
	"docdb": "audit", "neptune": "audit",
}

log := wanted[configuration.Engine]

exported := object.get(configuration, "EnabledCloudwatchLogsExports", [])

compliant if log in exported

deny contains {"message": sprintf("the %s log is not exported", [log]), "evidence": {"EnabledCloudwatchLogsExports": exported}} if not log in exported
