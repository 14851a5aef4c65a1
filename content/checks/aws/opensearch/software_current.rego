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
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   remediation:
#     text: >-
#       Start the update, or let it come by itself in the off-peak window.
#     command: aws opensearch start-service-software-update --domain-name NAME
package casemate.aws.opensearch.software_current

software := input.facets.domain.ServiceSoftwareOptions

compliant if software.UpdateAvailable == false

deny contains {"message": "an update is waiting", "evidence": {"CurrentVersion": object.get(software, "CurrentVersion", ""), "NewVersion": object.get(software, "NewVersion", "")}} if software.UpdateAvailable == true
