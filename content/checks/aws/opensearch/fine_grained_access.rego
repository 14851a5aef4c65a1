# METADATA
# title: OpenSearch domain knows who may see which index
# description: >-
#   Without fine-grained access control whoever is let in by the policy sees all indices, fields and settings.
# custom:
#   id: aws.opensearch.fine_grained_access
#   kind: aws.opensearch.domain
#   area: identity
#   needs: [domain]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
#   remediation:
#     text: >-
#       Turn fine-grained access control on; once on it stays.
#     command: aws opensearch update-domain-config --domain-name NAME --advanced-security-options file://security.json
package casemate.aws.opensearch.fine_grained_access

configuration := input.facets.domain

value := object.get(configuration, ["AdvancedSecurityOptions", "Enabled"], false)

compliant if value == true

deny contains {"message": "fine-grained access control is off", "evidence": {"Enabled": value}} if not compliant
