# METADATA
# title: Code of a Lambda function is signed
# description: >-
#   A signing profile proves that the code comes from your build and was not changed on its way.
# custom:
#   id: aws.lambda.code_signed
#   kind: aws.lambda.function
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.21", "A.8.9"]
#     nist_800_53_r5: ["SI-7(a)"]
#   attack: [T1195.002]
#   remediation:
#     text: >-
#       Make a code signing configuration with your profiles, and sign in the build.
package casemate.aws.lambda.code_signed

configuration := input.facets.configuration

# A container image is signed in its registry.
applies if not configuration.PackageType == "Image"

compliant if startswith(configuration.SigningProfileVersionArn, "arn:")

deny contains {"message": "the code has no signature", "evidence": {"PackageType": object.get(configuration, "PackageType", "Zip")}} if {
	not compliant
}
