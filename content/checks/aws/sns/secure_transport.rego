# METADATA
# title: SNS topic refuses requests without TLS
# description: >-
#   The service answers plain HTTP unless the policy forbids it, with a denial for everybody where
#   `aws:SecureTransport` is false.
# custom:
#   id: aws.sns.secure_transport
#   kind: aws.sns.topic
#   area: encryption
#   needs: [attributes]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1557, T1040]
#   remediation:
#     text: >-
#       Add a statement to the policy: deny `sns:Publish` to everybody with the condition
#       `"Bool": {"aws:SecureTransport": "false"}`.
package casemate.aws.sns.secure_transport

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.transport

attributes := input.facets.attributes

refusals := transport.refusals_of(attributes.Policy, "sns:publish")

compliant if {
	attributes.Policy.valid == true
	count(refusals) > 0
}

deny contains {"message": "no policy is set that refuses requests without TLS", "evidence": {"Policy": "none"}} if {
	is_string(attributes.TopicArn)
	not attributes.Policy
}

deny contains {"message": "no statement of the policy refuses requests without TLS", "evidence": {"statements": policy.named(attributes.Policy.statements)}} if {
	attributes.Policy.valid == true
	count(refusals) == 0
}
