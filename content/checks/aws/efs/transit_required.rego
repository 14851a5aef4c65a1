# METADATA
# title: EFS file system refuses clients without TLS
# description: >-
#   NFS carries names and contents in clear; TLS is the choice of the client unless the policy refuses others.
# custom:
#   id: aws.efs.transit_required
#   kind: aws.efs.file_system
#   area: encryption
#   needs: [policy]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Deny every action where `aws:SecureTransport` is false.
package casemate.aws.efs.transit_required

import data.casemate.lib.aws.policy

facet := input.facets.policy

refuses(statement) if {
	statement.effect == "Deny"
	policy.everybody(statement)
	some action in {"*", "elasticfilesystem:*"}
	action in statement.action
	count(statement.condition) == 1
	condition := statement.condition[0]
	condition.operator in {"bool", "boolifexists"}
	condition.key == "aws:securetransport"
	condition.values == ["false"]
}

compliant if {
	facet.Policy.valid == true
	some statement in facet.Policy.statements
	refuses(statement)
}

# A statement that lets in those with TLS alone refuses the others, as all that it does not name.
compliant if {
	facet.Policy.valid == true
	allowing := [statement | some statement in facet.Policy.statements; statement.effect == "Allow"]
	every statement in allowing { only_tls(statement) }
}

only_tls(statement) if {
	some condition in statement.condition
	condition.operator == "bool"
	condition.key == "aws:securetransport"
	condition.values == ["true"]
}

deny contains {"message": "it has no policy", "evidence": {"present": false}} if facet.present == false

deny contains {"message": "no statement refuses clients without TLS", "evidence": {"statements": count(facet.Policy.statements)}} if {
	facet.Policy.valid == true
	not compliant
}
