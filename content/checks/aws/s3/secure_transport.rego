# METADATA
# title: Bucket refuses requests without TLS
# description: >-
#   S3 answers plain HTTP unless the policy forbids it. Judged is a statement that denies everybody every action of S3
#   on the bucket's objects where `aws:SecureTransport` is false; a further condition in it leaves holes and does not count.
# custom:
#   id: aws.s3.secure_transport
#   kind: aws.s3.bucket
#   area: encryption
#   needs: [policy]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["S3.5"]
#     cis_aws_3.0: ["2.1.1"]
#     cis_aws_5.0: ["2.1.1"]
#     cis_aws_6.0: ["3.1.1"]
#     cis_aws_7.0: ["3.1.1"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1557, T1040]
#   remediation:
#     text: >-
#       Add a statement to the policy: deny `s3:*` to everybody on the bucket and its objects, with the condition
#       `"Bool": {"aws:SecureTransport": "false"}`.
package casemate.aws.s3.secure_transport

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.transport

facet := input.facets.policy

refuses contains statement if {
	some statement in transport.refusals(facet.Policy, "s3")
	transport.covers(statement, sprintf("%s/*", [input.resource.id]))
}

compliant if {
	facet.Policy.valid == true
	count(refuses) > 0
}

deny contains {"message": "no policy is set that refuses requests without TLS", "evidence": {"present": false}} if facet.present == false

deny contains {"message": "no statement of the policy refuses all requests without TLS", "evidence": {"statements": policy.named(facet.Policy.statements)}} if {
	facet.Policy.valid == true
	count(refuses) == 0
}
