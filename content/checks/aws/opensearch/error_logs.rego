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
#   frameworks:
#     aws_fsbp: ["ES.4"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
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
