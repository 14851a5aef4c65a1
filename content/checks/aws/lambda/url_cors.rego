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
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.5"]
#     nist_800_53_r5: ["AC-3"]
#     pci_dss_4.0: ["7.3.1", "7.3.3"]
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
