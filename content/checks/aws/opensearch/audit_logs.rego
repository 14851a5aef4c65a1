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
#   frameworks:
#     aws_fsbp: ["ES.5"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
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
