# METADATA
# title: Nobody unknown may change a bucket
# description: >-
#   Whoever may write puts in what your users run, deletes what you need, or holds it to ransom. Judged are statements
#   for everybody with actions that change objects or the bucket, unless a public access block takes them out of force.
# custom:
#   id: aws.s3.policy_no_public_write
#   kind: aws.s3.bucket
#   area: storage
#   needs: [public_access_block, policy]
#   related: [{edge: contains, direction: in, kind: aws.account, facets: [s3_public_access_block]}]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["S3.3"]
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1485, T1491, T1565.001]
#   remediation:
#     text: >-
#       Remove the statement; give uploads by signed addresses instead.
package casemate.aws.s3.policy_no_public_write

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.s3

facet := input.facets.policy

# One action of each sort: what speaks of one by name or pattern changes something.
changing := {
	"s3:putobject", "s3:deleteobject", "s3:deleteobjectversion", "s3:putobjectacl", "s3:putbucketpolicy",
	"s3:deletebucketpolicy", "s3:putbucketacl", "s3:putlifecycleconfiguration", "s3:putencryptionconfiguration",
	"s3:putbucketversioning", "s3:deletebucket", "s3:replicateobject", "s3:putreplicationconfiguration",
}

account_blocks := [account.facets.s3_public_access_block | some account in data.estate.related]

known if {
	some block in account_blocks
	s3.read(block)
	s3.read(input.facets.public_access_block)
}

restricted if input.facets.public_access_block.RestrictPublicBuckets == true

restricted if {
	some block in account_blocks
	block.RestrictPublicBuckets == true
}

open := [{"statement": statement, "actions": sort(actions)} |
	not restricted
	some statement in policy.public_statements(facet.Policy)
	actions := {action | some action in changing; policy.reaches(statement, action)}
	count(actions) > 0
]

closed if facet.present == false

closed if {
	facet.Policy.valid == true
	count(open) == 0
}

closed if {
	facet.present == true
	restricted
}

compliant if {
	known
	closed
}

deny contains {
	"message": sprintf("everybody may %s by %s", [concat(", ", found.actions), policy.label(facet.Policy, found.statement)]),
	"evidence": found.statement,
} if {
	known
	some found in open
}
