# METADATA
# title: Database instance refuses connections in clear
# description: >-
#   Without it a client that is set wrongly sends its password and its data in clear, and nobody notices. The
#   parameter is `rds.force_ssl` of PostgreSQL and SQL Server, `require_secure_transport` of MySQL and MariaDB.
#   Other engines say it in other ways and are not judged here.
# custom:
#   id: aws.rds.tls_required
#   kind: aws.rds.instance
#   area: encryption
#   needs: [configuration, tls_parameters]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["RDS.38", "RDS.39"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Set the parameter to 1 in a parameter group of your own.
#     command: aws rds modify-db-parameter-group --db-parameter-group-name GROUP --parameters ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate
package casemate.aws.rds.tls_required

configuration := input.facets.configuration

applies if {
	not is_string(configuration.DBClusterIdentifier)
	not otherwise
}

# Oracle and Db2 say it in options and ports.
otherwise if {
	is_string(configuration.Engine)
	not parameter
}

parameter := "rds.force_ssl" if configuration.Engine == "postgres"

parameter := "rds.force_ssl" if startswith(configuration.Engine, "sqlserver-")

parameter := "require_secure_transport" if configuration.Engine in {"mysql", "mariadb"}

# What the group does not list, as old engines do not, is not known.
set := [one |
	some group in input.facets.tls_parameters.items
	some one in group.Parameters
	one.ParameterName == parameter
]

value := lower(object.get(set[0], "ParameterValue", "off"))

compliant if {
	count(set) > 0
	value in {"1", "on", "true"}
}

deny contains {"message": sprintf("`%s` is %s", [parameter, value]), "evidence": {"parameter": parameter, "value": value}} if {
	count(set) > 0
	not compliant
}
