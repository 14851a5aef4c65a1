# METADATA
# title: Lambda function does not use a runtime that is long out of support
# description: >-
#   These runtimes get no security updates and cannot be deployed any more. `aws.lambda.runtime_current` goes by
#   the calendar.
# custom:
#   id: aws.lambda.runtime_supported
#   kind: aws.lambda.function
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Lambda.2"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(a)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   params:
#     runtimes:
#       type: list
#       default: [python2.7, python3.6, python3.7, nodejs12.x, nodejs10.x, ruby2.5, dotnetcore2.1, go1.x]
#       description: runtimes that are not wanted
#   remediation:
#     text: >-
#       Move the function to a present runtime of its language.
#     command: aws lambda update-function-configuration --function-name NAME --runtime RUNTIME
package casemate.aws.lambda.runtime_supported

configuration := input.facets.configuration

# A container image brings its own.
applies if not configuration.PackageType == "Image"

compliant if {
	is_string(configuration.Runtime)
	not configuration.Runtime in data.params.runtimes
}

deny contains {"message": sprintf("%s is out of support", [configuration.Runtime]), "evidence": {"Runtime": configuration.Runtime}} if {
	configuration.Runtime in data.params.runtimes
}
