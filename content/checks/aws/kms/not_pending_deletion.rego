# METADATA
# title: KMS key is not about to be deleted
# description: >-
#   What is encrypted with a deleted key is lost. Deletion waits 7 to 30 days, so that somebody notices.
# custom:
#   id: aws.kms.not_pending_deletion
#   kind: aws.kms.key
#   area: encryption
#   needs: [key]
#   severity: high
#   frameworks:
#     aws_fsbp: ["KMS.3"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12"]
#     pci_dss_4.0: ["3.7.5"]
#   attack: [T1485, T1486]
#   remediation:
#     text: >-
#       Find out who asked for it and what the key opens; cancel the deletion unless both are known.
#     command: aws kms cancel-key-deletion --key-id ID
package casemate.aws.kms.not_pending_deletion

key := input.facets.key

pending := {"PendingDeletion", "PendingReplicaDeletion"}

compliant if {
	is_string(key.KeyState)
	not key.KeyState in pending
}

deny contains {"message": sprintf("it is deleted on %s", [substring(object.get(key, "DeletionDate", "a day unknown"), 0, 13)]), "evidence": {"KeyState": key.KeyState}} if key.KeyState in pending
