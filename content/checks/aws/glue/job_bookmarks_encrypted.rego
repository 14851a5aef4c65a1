# METADATA
# title: Bookmarks of a Glue job are encrypted
# description: >-
#   Bookmarks hold the keys of what was read last.
# custom:
#   id: aws.glue.job_bookmarks_encrypted
#   kind: aws.glue.job
#   area: encryption
#   needs: [security]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Turn on encryption of bookmarks in the security configuration.
package casemate.aws.glue.job_bookmarks_encrypted

security := input.facets.security

configurations := object.get(security, "items", [])

compliant if {
	some one in configurations
	one.EncryptionConfiguration.JobBookmarksEncryption.JobBookmarksEncryptionMode == "CSE-KMS"
}

deny contains {"message": "no security configuration encrypts the bookmarks", "evidence": {"named": object.get(security, "named", false)}} if not compliant
