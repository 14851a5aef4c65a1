# METADATA
# title: OpenSearch domain writes audit logs
# description: >-
#   Who signed in, and which indices were read, is kept nowhere else.
# custom:
#   id: aws.opensearch.audit_logs
#   kind: aws.opensearch.domain
#   area: logging
#   needs: [domain]
#   severity: medium
#   remediation:
#     text: >-
#       Turn fine-grained access control on, then audit logs in the domain and in OpenSearch Dashboards.
#     command: aws opensearch update-domain-config --domain-name NAME --log-publishing-options '{"AUDIT_LOGS":{"CloudWatchLogsLogGroupArn":"ARN","Enabled":true}}'
package casemate.aws.opensearch.audit_logs

domain := input.facets.domain

wanted := {"AUDIT_LOGS"}

# Those that were never set are left out.
on := {name | some name, option in object.get(domain, "LogPublishingOptions", {}); option.Enabled == true}

missing := wanted - on

compliant if count(missing) == 0

deny contains {"message": sprintf("not published: %s", [concat(", ", sort(missing))]), "evidence": {"missing": sort(missing)}} if count(missing) > 0
