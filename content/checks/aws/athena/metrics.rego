# METADATA
# title: Workgroup of Athena counts in CloudWatch
# description: >-
#   Without counts nobody sees that somebody reads far more than usual.
# custom:
#   id: aws.athena.metrics
#   kind: aws.athena.workgroup
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.6", "A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#   remediation:
#     text: >-
#       Publish metrics of queries to CloudWatch.
package casemate.aws.athena.metrics

configuration := input.facets.configuration

compliant if configuration.Configuration.PublishCloudWatchMetricsEnabled == true

deny contains {"message": "queries are not counted", "evidence": {"PublishCloudWatchMetricsEnabled": object.get(configuration, ["Configuration", "PublishCloudWatchMetricsEnabled"], null)}} if not compliant
