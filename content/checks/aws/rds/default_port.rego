# METADATA
# title: Database instance listens on a port of its own
# description: >-
#   Scanners that look for databases ask the usual ports; another one is no wall, but less noise.
# custom:
#   id: aws.rds.default_port
#   kind: aws.rds.instance
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.23"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Change the port together with the security groups and clients.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --db-port-number PORT
package casemate.aws.rds.default_port

configuration := input.facets.configuration

# The port of a cluster is set on the cluster.
applies if not is_string(configuration.DBClusterIdentifier)

# Ports that the engines take where nothing else is said, by how the engine's name begins.
defaults := {
	"aurora": {3306, 5432}, "mysql": {3306}, "mariadb": {3306}, "postgres": {5432}, "oracle": {1521},
	"sqlserver": {1433}, "db2": {50000}, "docdb": {27017}, "neptune": {8182},
}

known contains ports if {
	some start, ports in defaults
	startswith(configuration.Engine, start)
}

port := configuration.Endpoint.Port

usual if {
	some ports in known
	port in ports
}

compliant if {
	is_number(port)
	count(known) > 0
	not usual
}

deny contains {"message": sprintf("it listens on the usual port %d", [port]), "evidence": {"Port": port}} if usual
