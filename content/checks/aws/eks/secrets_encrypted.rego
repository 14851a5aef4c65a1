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
