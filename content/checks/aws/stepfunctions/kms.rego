# METADATA
# title: State machine is encrypted with a KMS key
# description: >-
#   Definitions and the data of executions are encrypted by AWS's key unless one of yours is set; a key of yours
#   says who may read them.
# custom:
#   id: aws.stepfunctions.kms
#   kind: aws.stepfunctions.state_machine
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Set a customer managed KMS key.
package casemate.aws.stepfunctions.kms

configuration := input.facets.configuration

key := object.get(configuration, ["encryptionConfiguration", "kmsKeyId"], "")

compliant if {
	configuration.encryptionConfiguration.type == "CUSTOMER_MANAGED_KMS_KEY"
	key != ""
}

deny contains {"message": "no KMS key is set", "evidence": {"encryptionConfiguration": object.get(configuration, "encryptionConfiguration", {})}} if not compliant
