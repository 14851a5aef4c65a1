# METADATA
# title: Lambda function URL asks who calls
# description: >-
#   A URL with the authentication type NONE runs the function for anybody on the internet, with the function's
#   role.
# custom:
#   id: aws.lambda.url_auth
#   kind: aws.lambda.function
#   area: compute
#   needs: [url]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.5", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "7.3.1", "7.3.3"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Set the authentication type to AWS_IAM, or put the function behind an API with an authorizer and delete
#       the URL.
#     command: aws lambda update-function-url-config --function-name NAME --auth-type AWS_IAM
package casemate.aws.lambda.url_auth

url := input.facets.url

compliant if url.present == false

compliant if url.AuthType == "AWS_IAM"

deny contains {"message": "the function's URL asks nobody who he is", "evidence": {"AuthType": url.AuthType}} if url.AuthType == "NONE"
