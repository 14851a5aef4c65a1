# METADATA
# title: CloudFront distribution logs its requests
# description: >-
#   The log says who asked for what, which nothing behind the distribution sees when the cache answers.
#   Standard logs of the newer sort, which CloudWatch Logs delivers, are not read.
# custom:
#   id: aws.cloudfront.logging
#   kind: aws.cloudfront.distribution
#   area: logging
#   needs: [details, configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudFront.5"]
#     cis_aws_7.0: ["4.10"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Set a bucket for standard logs, or a real-time log configuration on each behaviour.
package casemate.aws.cloudfront.logging

details := input.facets.details

configuration := input.facets.configuration

behaviours := array.concat(
	[configuration.DefaultCacheBehavior],
	object.get(configuration, ["CacheBehaviors", "Items"], []),
)

compliant if {
	details.Logging.Enabled == true
	is_object(configuration.DefaultCacheBehavior)
}

# Real-time logs are set for each behaviour.
compliant if {
	details.Logging.Enabled == false
	every behaviour in behaviours { object.get(behaviour, "RealtimeLogConfigArn", "") != "" }
}

deny contains {"message": "requests are not logged", "evidence": {"Logging": object.get(details, ["Logging", "Enabled"], false)}} if not compliant
