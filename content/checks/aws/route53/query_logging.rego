# METADATA
# title: Public zone of Route 53 logs its queries
# description: >-
#   The log shows which names are asked for and from where: how one sees scans, tunnels and names that are
#   about to be taken over.
# custom:
#   id: aws.route53.query_logging
#   kind: aws.route53.hosted_zone
#   area: logging
#   needs: [configuration, query_logging]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Route53.2"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-3(d)", "AU-12(c)", "SI-4(4)(b)", "SI-4(a)(2)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Make a query logging configuration with a log group in us-east-1.
#     command: aws route53 create-query-logging-config --hosted-zone-id ID --cloud-watch-logs-log-group-arn ARN
package casemate.aws.route53.query_logging

configuration := input.facets.configuration

# Names of a private zone are asked for within its networks, and it cannot be signed.
applies if not configuration.Config.PrivateZone == true

groups := [one.CloudWatchLogsLogGroupArn | some one in input.facets.query_logging.items]

compliant if {
	configuration.Config.PrivateZone == false
	some group in groups
	startswith(group, "arn:")
}

deny contains {"message": "queries are not logged", "evidence": {"Name": object.get(configuration, "Name", null), "groups": groups}} if not compliant
