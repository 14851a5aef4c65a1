# METADATA
# title: Bucket has a lifecycle
# description: >-
#   What nobody removes stays, costs, and can be stolen years later.
# custom:
#   id: aws.s3.lifecycle
#   kind: aws.s3.bucket
#   area: storage
#   needs: [lifecycle]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.13"]
#     iso_27001_2022: ["A.8.10"]
#     nist_800_53_r5: ["SI-12"]
#     pci_dss_4.0: ["3.2.1"]
#   remediation:
#     text: >-
#       Write rules that move and remove objects by their age.
#     command: aws s3api put-bucket-lifecycle-configuration --bucket NAME --lifecycle-configuration file://lifecycle.json
package casemate.aws.s3.lifecycle

facet := input.facets.lifecycle

compliant if {
	some rule in facet.Rules
	rule.Status == "Enabled"
}

deny contains {"message": "no lifecycle rule is enabled", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
