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
