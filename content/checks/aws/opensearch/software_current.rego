# METADATA
# title: OpenSearch domain runs the latest service software
# description: >-
#   Service software brings the fixes of the service and the system under it.
# custom:
#   id: aws.opensearch.software_current
#   kind: aws.opensearch.domain
#   area: database
#   needs: [domain]
#   severity: medium
#   remediation:
#     text: >-
#       Start the update, or let it come by itself in the off-peak window.
#     command: aws opensearch start-service-software-update --domain-name NAME
package casemate.aws.opensearch.software_current

software := input.facets.domain.ServiceSoftwareOptions

compliant if software.UpdateAvailable == false

deny contains {"message": "an update is waiting", "evidence": {"CurrentVersion": object.get(software, "CurrentVersion", ""), "NewVersion": object.get(software, "NewVersion", "")}} if software.UpdateAvailable == true
