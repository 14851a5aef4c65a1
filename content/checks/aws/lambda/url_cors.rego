# METADATA
# title: Lambda function URL answers no foreign web pages
# description: >-
#   Cross-origin rules with `*` let a page of any site call the URL from its visitors' browsers.
# custom:
#   id: aws.lambda.url_cors
#   kind: aws.lambda.function
#   area: compute
#   needs: [url]
#   severity: medium
#   remediation:
#     text: >-
#       Name the origins that need the URL.
package casemate.aws.lambda.url_cors

url := input.facets.url

# Without a URL, or without rules, no other page may read an answer.
applies if not url.present == false

origins := object.get(url, ["Cors", "AllowOrigins"], [])

compliant if {
	is_string(url.AuthType)
	not "*" in origins
}

deny contains {"message": "pages of every origin may call the URL", "evidence": {"AllowOrigins": origins}} if "*" in origins
