# METADATA
# title: Database instance runs a version in standard support
# description: >-
#   Behind standard support there are a few years of fixes for extra money, or none, and then an upgrade at a
#   time that you did not choose. The dates are those of the release calendars of the RDS and Aurora user guides
#   (read in 2026); they move, so they are a parameter. Clusters are judged by
#   `aws.rds.cluster_engine_supported`.
# custom:
#   id: aws.rds.engine_supported
#   kind: aws.rds.instance
#   area: database
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(a)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   clock: day
#   params:
#     ends:
#       type: list
#       default: [
#         mysql-5.5=2021-05-25, mysql-5.6=2022-03-01, mysql-5.7=2024-02-29, mysql-8.0=2026-07-31, mysql-8.4=2029-07-31,
#         mariadb-10.2=2022-10-15, mariadb-10.3=2023-10-23, mariadb-10.6=2026-08-31, mariadb-10.11=2028-02-29,
#         mariadb-11.4=2029-05-31, mariadb-11.8=2030-06-30, postgres-9.3=2018-11-08, postgres-9.4=2020-02-13,
#         postgres-9.5=2021-02-11, postgres-9.6=2022-04-26, postgres-10=2023-04-17,
#         postgres-11=2024-02-29, postgres-12=2025-02-28, postgres-13=2026-02-28, postgres-14=2027-02-28,
#         postgres-15=2028-02-29, postgres-16=2029-02-28, postgres-17=2030-02-28, postgres-18=2031-02-28,
#         aurora-mysql-5.7=2024-10-31, aurora-mysql-8.0=2028-04-30, aurora-postgresql-10=2023-01-31,
#         aurora-postgresql-11=2024-02-29, aurora-postgresql-12=2025-02-28, aurora-postgresql-13=2026-02-28,
#         aurora-postgresql-14=2027-02-28, aurora-postgresql-15=2028-02-29, aurora-postgresql-16=2029-02-28,
#         aurora-postgresql-17=2030-02-28, sqlserver-11=2022-07-12, sqlserver-12=2024-07-09, sqlserver-13=2026-07-14,
#         sqlserver-14=2027-10-12, sqlserver-15=2030-01-08, sqlserver-16=2033-01-11, oracle-11.2=2020-12-31,
#         oracle-12.1=2022-07-31, oracle-12.2=2022-03-31, oracle-18=2021-06-30, oracle-19=2027-04-30
#       ]
#       description: engine with its major version, and the last day of its standard support
#   remediation:
#     text: >-
#       Upgrade to a major version that is supported, on a copy first (blue/green deployment).
#     command: aws rds modify-db-instance --db-instance-identifier NAME --engine-version VERSION --allow-major-version-upgrade
package casemate.aws.rds.engine_supported

configuration := input.facets.configuration

# A member runs what its cluster runs.
applies if not is_string(configuration.DBClusterIdentifier)

# Editions of one engine end together.
family := "sqlserver" if startswith(configuration.Engine, "sqlserver-")

family := "oracle" if startswith(configuration.Engine, "oracle-")

family := configuration.Engine if {
	not startswith(configuration.Engine, "sqlserver-")
	not startswith(configuration.Engine, "oracle-")
}

# The longest beginning of the version that is in the table: 15.4 is of PostgreSQL 15, 8.0.36 of MySQL 8.0.
found := [entry |
	some entry in data.params.ends
	name := split(entry, "=")[0]
	startswith(sprintf("%s-%s.", [family, configuration.EngineVersion]), sprintf("%s.", [name]))
]

end := split(max(found), "=")[1]

compliant if end > input.today

deny contains {
	"message": sprintf("%s %s left standard support on %s", [configuration.Engine, configuration.EngineVersion, end]),
	"evidence": {"EngineVersion": configuration.EngineVersion, "ended": end},
} if {
	end <= input.today
}
