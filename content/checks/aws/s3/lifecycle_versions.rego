# METADATA
# title: Bucket with versions removes the old ones
# description: >-
#   Each change keeps a copy for ever unless a rule removes it: deleted personal data among them.
# custom:
#   id: aws.s3.lifecycle_versions
#   kind: aws.s3.bucket
#   area: storage
#   needs: [versioning, lifecycle]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.10"]
#     iso_27001_2022: ["A.8.10"]
#     nist_800_53_r5: ["SI-12"]
#     pci_dss_4.0: ["3.2.1"]
#   remediation:
#     text: >-
#       Add a lifecycle rule that expires or moves noncurrent versions.
package casemate.aws.s3.lifecycle_versions

facet := input.facets.lifecycle

unversioned if {
	is_object(input.facets.versioning)
	not input.facets.versioning.Status
}

applies if not unversioned

handles(rule) if rule.NoncurrentVersionExpiration.NoncurrentDays > 0

handles(rule) if rule.NoncurrentVersionExpiration.NewerNoncurrentVersions > 0

handles(rule) if count(rule.NoncurrentVersionTransitions) > 0

compliant if {
	some rule in facet.Rules
	rule.Status == "Enabled"
	handles(rule)
}

deny contains {"message": "no rule is enabled for old versions", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
