# METADATA
# title: Secret is encrypted with a key of yours
# description: >-
#   With AWS's own key whoever may read the secret may open it. A key of yours has a policy and a log besides, and is
#   needed to share the secret with another account.
# custom:
#   id: aws.secretsmanager.kms
#   kind: aws.secretsmanager.secret
#   area: encryption
#   needs: [secret]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Set a customer managed key.
#     command: aws secretsmanager update-secret --secret-id NAME --kms-key-id KEY
package casemate.aws.secretsmanager.kms

secret := input.facets.secret

key := object.get(secret, "KmsKeyId", "")

compliant if {
	key != ""
	not endswith(key, "alias/aws/secretsmanager")
}

deny contains {"message": "it is encrypted with AWS's own key", "evidence": {"KmsKeyId": key}} if not compliant
