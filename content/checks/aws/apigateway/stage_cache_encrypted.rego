# METADATA
# title: Cache of a REST API's stage is encrypted
# description: >-
#   The cache holds answers, often of persons, on disks of the service.
# custom:
#   id: aws.apigateway.stage_cache_encrypted
#   kind: aws.apigateway.stage
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["APIGateway.5"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Turn on encryption of cache data for each method that is cached.
package casemate.aws.apigateway.stage_cache_encrypted

configuration := input.facets.configuration

applies if not configuration.cacheClusterEnabled == false

settings := object.get(configuration, "methodSettings", {})

clear := [method |
	some method, setting in settings
	setting.cachingEnabled == true
	not setting.cacheDataEncrypted == true
]

compliant if {
	configuration.cacheClusterEnabled == true
	count(clear) == 0
}

deny contains {"message": sprintf("answers of %s are cached in the clear", [method]), "evidence": {"method": method}} if {
	configuration.cacheClusterEnabled == true
	some method in clear
}
