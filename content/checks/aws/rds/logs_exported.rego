# METADATA
# title: Database instance sends its logs to CloudWatch
# description: >-
#   On the instance logs are kept for days and go with it. PostgreSQL has one log; of MySQL and MariaDB the
#   error and audit logs are asked for, of Oracle alert and audit, of SQL Server the error log, of Db2 the
#   diagnostic log. Clusters are judged by `aws.rds.cluster_logs_exported`.
# custom:
#   id: aws.rds.logs_exported
#   kind: aws.rds.instance
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["RDS.9", "RDS.36"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Export the logs that are missing; the audit logs of MySQL, MariaDB and Oracle must be turned on in the
#       engine too.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --cloudwatch-logs-export-configuration '{"EnableLogTypes":["error","audit"]}'
package casemate.aws.rds.logs_exported

# The log that says who came in and what went wrong, by engine.
wanted := {
	"postgres": {"postgresql"}, "mysql": {"error", "audit"}, "mariadb": {"error", "audit"},
	"oracle-ee": {"alert", "audit"}, "oracle-ee-cdb": {"alert", "audit"}, "oracle-se2": {"alert", "audit"},
	"oracle-se2-cdb": {"alert", "audit"}, "sqlserver-ee": {"error"}, "sqlserver-se": {"error"},
	"sqlserver-ex": {"error"}, "sqlserver-web": {"error"}, "db2-ae": {"diag.log"}, "db2-se": {"diag.log"},
}

configuration := input.facets.configuration

# Aurora exports the logs of the cluster.
applies if not is_string(configuration.DBClusterIdentifier)

missing := wanted[configuration.Engine] - {log | some log in object.get(configuration, "EnabledCloudwatchLogsExports", [])}

compliant if count(missing) == 0

deny contains {"message": sprintf("not exported: %s", [concat(", ", sort(missing))]), "evidence": {"missing": sort(missing)}} if count(missing) > 0
