# METADATA
# title: OpenSearch domain takes updates of service software by itself
# description: >-
#   Otherwise somebody has to start each.
# custom:
#   id: aws.opensearch.auto_update
#   kind: aws.opensearch.domain
#   area: database
#   needs: [domain]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   remediation:
#     text: >-
#       Turn automatic updates on in the off-peak window.
#     command: aws opensearch update-domain-config --domain-name NAME --software-update-options AutoSoftwareUpdateEnabled=true
package casemate.aws.opensearch.auto_update

configuration := input.facets.domain

value := object.get(configuration, ["SoftwareUpdateOptions", "AutoSoftwareUpdateEnabled"], false)

compliant if value == true

deny contains {"message": "updates are left to you", "evidence": {"AutoSoftwareUpdateEnabled": value}} if not compliant
