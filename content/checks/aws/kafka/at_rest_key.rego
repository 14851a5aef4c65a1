# METADATA
# title: MSK cluster is encrypted with a KMS key of the account
# description: >-
#   With the key that AWS manages nobody can take access to the disks away. It is chosen at the creation.
# custom:
#   id: aws.kafka.at_rest_key
#   kind: aws.kafka.cluster
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Make a new cluster with a customer managed key.
package casemate.aws.kafka.at_rest_key

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

key := object.get(configuration, ["Provisioned", "EncryptionInfo", "EncryptionAtRest", "DataVolumeKMSKeyId"], "")

compliant if {
	key != ""
	not endswith(key, ":alias/aws/kafka")
}

deny contains {"message": "no key of the account encrypts it", "evidence": {"DataVolumeKMSKeyId": key}} if {
	is_object(configuration.Provisioned)
	not compliant
}
