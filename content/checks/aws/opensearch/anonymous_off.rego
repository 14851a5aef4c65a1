# METADATA
# title: OpenSearch domain serves nobody without a name
# description: >-
#   Anonymous access is meant for the days of moving to fine-grained access control; whoever reaches the domain
#   gets in as long as it stands.
# custom:
#   id: aws.opensearch.anonymous_off
#   kind: aws.opensearch.domain
#   area: identity
#   needs: [domain]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       End the migration: turn anonymous access off.
package casemate.aws.opensearch.anonymous_off

options := input.facets.domain.AdvancedSecurityOptions

applies if not options.Enabled == false

value := options.AnonymousAuthEnabled

# Left out where it was never on.
compliant if {
	options.Enabled == true
	object.get(options, "AnonymousAuthEnabled", false) == false
}

deny contains {"message": "requests without a name are served", "evidence": {"AnonymousAuthEnabled": value}} if value == true
