# METADATA
# title: Services may use the KMS key for your own resources alone
# description: >-
#   A statement that lets in a service without saying for whom lets that service's other customers use the key. A
#   condition on what is encrypted (`kms:EncryptionContext:…`) says it, too.
# custom:
#   id: aws.kms.policy_service_narrowed
#   kind: aws.kms.key
#   area: identity
#   needs: [policy]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   remediation:
#     text: >-
#       Add `aws:SourceArn`, `aws:SourceAccount` or the encryption context to the statement.
package casemate.aws.kms.policy_service_narrowed

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

facet := input.facets.policy

wide := [statement |
	some statement in outside.services(facet.Policy)
	not by_context(statement)
]

by_context(statement) if {
	some condition in statement.condition
	startswith(condition.key, "kms:encryptioncontext:")
	condition.operator in policy.binding
}

compliant if {
	facet.Policy.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s may use it for anybody (%s)", [concat(", ", statement.principal.Service), policy.label(facet.Policy, statement)]), "evidence": statement} if {
	some statement in wide
}
