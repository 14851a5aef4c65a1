# METADATA
# title: OpenSearch domain sends its error log to CloudWatch
# description: >-
#   On the nodes it is out of reach.
# custom:
#   id: aws.opensearch.error_logs
#   kind: aws.opensearch.domain
#   area: logging
#   needs: [domain]
#   severity: low
#   remediation:
#     text: >-
#       Publish the application log.
#     command: aws opensearch update-domain-config --domain-name NAME --log-publishing-options '{"ES_APPLICATION_LOGS":{"CloudWatchLogsLogGroupArn":"ARN","Enabled":true}}'
package casemate.aws.opensearch.error_logs

domain := input.facets.domain

wanted := {"ES_APPLICATION_LOGS"}

# Those that were never set are left out.
on := {name | some name, option in object.get(domain, "LogPublishingOptions", {}); option.Enabled == true}

missing := wanted - on

compliant if count(missing) == 0

deny contains {"message": sprintf("not published: %s", [concat(", ", sort(missing))]), "evidence": {"missing": sort(missing)}} if count(missing) > 0
