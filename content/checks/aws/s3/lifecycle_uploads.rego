# METADATA
# title: Bucket gives up uploads that were never finished
# description: >-
#   The parts of an unfinished upload are in no listing, and stay for ever.
# custom:
#   id: aws.s3.lifecycle_uploads
#   kind: aws.s3.bucket
#   area: storage
#   needs: [lifecycle]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.10"]
#     nist_800_53_r5: ["SI-12"]
#     pci_dss_4.0: ["3.2.1"]
#   remediation:
#     text: >-
#       Add a lifecycle rule with `AbortIncompleteMultipartUpload` after some days.
package casemate.aws.s3.lifecycle_uploads

facet := input.facets.lifecycle

compliant if {
	some rule in facet.Rules
	rule.Status == "Enabled"
	rule.AbortIncompleteMultipartUpload.DaysAfterInitiation > 0
}

deny contains {"message": "no rule is enabled that ends unfinished uploads", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
