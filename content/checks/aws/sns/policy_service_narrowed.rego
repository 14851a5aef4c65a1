# METADATA
# title: Services may use the topic for your own resources alone
# description: >-
#   A statement that lets in a service without saying for whom lets that service's other customers reach it, too.
# custom:
#   id: aws.sns.policy_service_narrowed
#   kind: aws.sns.topic
#   area: identity
#   needs: [attributes]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   remediation:
#     text: >-
#       Add `aws:SourceArn` or `aws:SourceAccount` to the statement.
package casemate.aws.sns.policy_service_narrowed

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

attributes := input.facets.attributes

wide := outside.services(attributes.Policy)

compliant if {
	is_string(attributes.TopicArn)
	not attributes.Policy
}

compliant if {
	attributes.Policy.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s may use it for anybody (%s)", [concat(", ", statement.principal.Service), policy.label(attributes.Policy, statement)]), "evidence": statement} if {
	some statement in wide
}
