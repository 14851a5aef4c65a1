# METADATA
# title: OpenSearch domain sends its slow logs to CloudWatch
# description: >-
#   Requests that take long are those that fail first, or that somebody makes on purpose.
# custom:
#   id: aws.opensearch.slow_logs
#   kind: aws.opensearch.domain
#   area: logging
#   needs: [domain]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Publish both logs, and set thresholds on the indices.
#     command: aws opensearch update-domain-config --domain-name NAME --log-publishing-options '{"INDEX_SLOW_LOGS":{"CloudWatchLogsLogGroupArn":"ARN","Enabled":true}}'
package casemate.aws.opensearch.slow_logs

domain := input.facets.domain

wanted := {"INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"}

# Those that were never set are left out.
on := {name | some name, option in object.get(domain, "LogPublishingOptions", {}); option.Enabled == true}

missing := wanted - on

compliant if count(missing) == 0

deny contains {"message": sprintf("not published: %s", [concat(", ", sort(missing))]), "evidence": {"missing": sort(missing)}} if count(missing) > 0
