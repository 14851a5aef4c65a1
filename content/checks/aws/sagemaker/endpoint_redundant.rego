# METADATA
# title: Endpoint of SageMaker starts with more than one instance
# description: >-
#   With one instance the endpoint is gone while its zone is.
# custom:
#   id: aws.sagemaker.endpoint_redundant
#   kind: aws.sagemaker.endpoint_config
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SageMaker.4"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Set the first number of instances to 2 or more, in each variant.
package casemate.aws.sagemaker.endpoint_redundant

configuration := input.facets.configuration

variants := object.get(configuration, "ProductionVariants", [])

# Serverless variants have no instances.
served := [variant | some variant in variants; not variant.ServerlessConfig]

applies if count(served) > 0

applies if count(variants) == 0

compliant if {
	count(served) > 0
	every variant in served { variant.InitialInstanceCount > 1 }
}

deny contains {"message": sprintf("the variant %s starts with one instance", [variant.VariantName]), "evidence": {"variant": variant.VariantName}} if {
	some variant in served
	variant.InitialInstanceCount <= 1
}
