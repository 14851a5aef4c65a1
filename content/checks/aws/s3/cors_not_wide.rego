# METADATA
# title: Bucket lets no foreign page write to it
# description: >-
#   CORS rules for any origin with methods that change objects let every web page that a user opens upload with that
#   user's rights.
# custom:
#   id: aws.s3.cors_not_wide
#   kind: aws.s3.bucket
#   area: network
#   needs: [cors]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Name the origins of your pages.
package casemate.aws.s3.cors_not_wide

facet := input.facets.cors

wide := [rule |
	some rule in facet.CORSRules
	some origin in rule.AllowedOrigins
	origin in {"*", "http://*", "https://*"}
	some method in rule.AllowedMethods
	method in {"PUT", "POST", "DELETE"}
]

compliant if facet.present == false

compliant if {
	is_array(facet.CORSRules)
	count(wide) == 0
}

deny contains {"message": sprintf("any page may %s", [concat(", ", rule.AllowedMethods)]), "evidence": rule} if some rule in wide
