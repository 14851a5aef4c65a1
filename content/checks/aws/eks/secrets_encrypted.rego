# METADATA
# title: Secrets of an EKS cluster are encrypted with a KMS key
# description: >-
#   An envelope with a key of yours means that who reads the store of the cluster has not yet read its secrets.
# custom:
#   id: aws.eks.secrets_encrypted
#   kind: aws.eks.cluster
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EKS.3"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   attack: [T1552.007]
#   remediation:
#     text: >-
#       Associate an encryption configuration for `secrets` with a KMS key.
package casemate.aws.eks.secrets_encrypted

configuration := input.facets.configuration

compliant if {
	some one in configuration.encryptionConfig
	"secrets" in one.resources
	one.provider.keyArn != ""
}

deny contains {"message": "no key encrypts the secrets", "evidence": {"encryptionConfig": object.get(configuration, "encryptionConfig", [])}} if {
	not compliant
}
