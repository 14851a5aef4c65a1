# METADATA
# title: Redshift cluster refuses connections in clear
# description: >-
#   Without it a client that is set wrongly sends its password and its data in clear, and nobody notices.
# custom:
#   id: aws.redshift.tls_required
#   kind: aws.redshift.cluster
#   area: encryption
#   needs: [parameters]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Redshift.2"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Set `require_ssl` in a parameter group of your own, and restart the cluster.
#     command: aws redshift modify-cluster-parameter-group --parameter-group-name GROUP --parameters ParameterName=require_ssl,ParameterValue=true
package casemate.aws.redshift.tls_required

set := [one |
	some group in input.facets.parameters.items
	some one in group.Parameters
	one.ParameterName == "require_ssl"
]

value := lower(object.get(set[0], "ParameterValue", "false"))

compliant if {
	count(set) > 0
	value in {"true", "1", "on"}
}

deny contains {"message": sprintf("`require_ssl` is %s", [value]), "evidence": {"require_ssl": value}} if {
	count(set) > 0
	not compliant
}
