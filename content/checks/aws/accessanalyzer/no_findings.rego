# METADATA
# title: Access Analyzer has no open findings of access from outside
# description: >-
#   An open finding is a resource that somebody outside may reach and that nobody has said to be meant so.
# custom:
#   id: aws.accessanalyzer.no_findings
#   kind: aws.accessanalyzer.analyzer
#   area: monitoring
#   needs: [configuration, findings]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.18", "A.8.3"]
#     nist_800_53_r5: ["AC-2(j)", "AC-6", "CA-7"]
#     pci_dss_4.0: ["7.2.4"]
#   remediation:
#     text: >-
#       Take the access away, or archive the finding where it is meant.
#     command: aws accessanalyzer list-findings-v2 --analyzer-arn ARN
package casemate.aws.accessanalyzer.no_findings

configuration := input.facets.configuration

applies if configuration.type in {"ACCOUNT", "ORGANIZATION"}

applies if not is_string(configuration.type)

open := input.facets.findings.items

compliant if {
	is_string(configuration.type)
	count(open) == 0
}

deny contains {"message": sprintf("%d findings are open, such as that of %s", [count(open), open[0].resource]), "evidence": open[0]} if count(open) > 0
