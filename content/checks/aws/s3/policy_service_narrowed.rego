# METADATA
# title: Services may use the bucket for your own resources alone
# description: >-
#   A statement that lets in a service without saying for whom lets that service's other customers reach the bucket
#   through it: their trail writes into your logs.
# custom:
#   id: aws.s3.policy_service_narrowed
#   kind: aws.s3.bucket
#   area: identity
#   needs: [policy]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   remediation:
#     text: >-
#       Add `aws:SourceArn` or `aws:SourceAccount` to the statement.
package casemate.aws.s3.policy_service_narrowed

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

facet := input.facets.policy

wide := outside.services(facet.Policy)

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s may use it for anybody (%s)", [concat(", ", statement.principal.Service), policy.label(facet.Policy, statement)]), "evidence": statement} if {
	some statement in wide
}
