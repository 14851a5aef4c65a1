# METADATA
# title: Database cluster refuses connections in clear
# description: >-
#   Without it a client that is set wrongly sends its password and its data in clear, and nobody notices. The
#   parameter is `rds.force_ssl` of Aurora PostgreSQL, `require_secure_transport` of Aurora MySQL, `tls` of
#   DocumentDB, `neptune_enforce_ssl` of Neptune.
# custom:
#   id: aws.rds.cluster_tls_required
#   kind: aws.rds.cluster
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
#       Set the parameter in a cluster parameter group of your own.
#     command: aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name GROUP --parameters ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate
package casemate.aws.rds.cluster_tls_required

configuration := input.facets.configuration

parameters := {
	"aurora-postgresql": "rds.force_ssl", "postgres": "rds.force_ssl", "aurora-mysql": "require_secure_transport",
	"mysql": "require_secure_transport", "docdb": "tls", "neptune": "neptune_enforce_ssl",
}

parameter := parameters[configuration.Engine]

set := [one |
	some one in input.facets.tls_parameters.items
	one.ParameterName == parameter
]

value := lower(object.get(set[0], "ParameterValue", "off"))

# DocumentDB names a version or FIPS too.
compliant if {
	count(set) > 0
	regex.match(`^(1|on|true|enabled|tls1\.[23]\+|fips-140-3)$`, value)
}

deny contains {"message": sprintf("`%s` is %s", [parameter, value]), "evidence": {"parameter": parameter, "value": value}} if {
	count(set) > 0
	not compliant
}
