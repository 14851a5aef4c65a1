# METADATA
# title: Variables of a Lambda function are encrypted with a key of yours
# description: >-
#   Without a key of its own, everybody who may read the configuration reads the variables; a key's policy says
#   who may.
# custom:
#   id: aws.lambda.env_kms
#   kind: aws.lambda.function
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Set a customer managed KMS key for the function's environment.
#     command: aws lambda update-function-configuration --function-name NAME --kms-key-arn ARN
package casemate.aws.lambda.env_kms

configuration := input.facets.configuration

variables := object.get(configuration, ["Environment", "Variables"], {})

# Lambda could not decrypt the variables: nothing is known of them.
hidden if configuration.Environment.Error


# Without variables there is nothing to encrypt.
applies if count(variables) > 0

applies if hidden

applies if not is_string(configuration.FunctionArn)

compliant if startswith(configuration.KMSKeyArn, "arn:")

deny contains {"message": "the variables are encrypted with the service's key", "evidence": {"variables": count(variables)}} if {
	is_string(configuration.FunctionArn)
	not compliant
}
