# METADATA
# title: Client of a Cognito user pool is called back by HTTPS
# description: >-
#   The code of a sign-in that comes back by HTTP is read on the way. Addresses of the machine itself are
#   left out.
# custom:
#   id: aws.cognito.client_callbacks_https
#   kind: aws.cognito.user_pool_client
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Use https:// for every callback and sign-out address.
package casemate.aws.cognito.client_callbacks_https

configuration := input.facets.configuration

urls := array.concat(object.get(configuration, "CallbackURLs", []), object.get(configuration, "LogoutURLs", []))

bad := [url |
	some url in urls
	startswith(lower(url), "http://")
	not regex.match(`^http://(localhost|127\.0\.0\.1|\[::1\])([:/]|$)`, lower(url))
]

compliant if {
	is_string(configuration.ClientId)
	count(bad) == 0
}

deny contains {"message": sprintf("%s is not HTTPS", [url]), "evidence": {"url": url}} if some url in bad
