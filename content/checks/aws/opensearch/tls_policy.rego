# METADATA
# title: OpenSearch domain takes current TLS alone
# description: >-
#   TLS 1.0 and 1.1 have known weaknesses.
# custom:
#   id: aws.opensearch.tls_policy
#   kind: aws.opensearch.domain
#   area: encryption
#   needs: [domain]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ES.8"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1557]
#   params:
#     policies:
#       type: list
#       default: [Policy-Min-TLS-1-2-PFS-2023-10, Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08]
#       description: policies that are good enough
#   remediation:
#     text: >-
#       Choose a policy of TLS 1.2 with forward secrecy, or a later one.
#     command: aws opensearch update-domain-config --domain-name NAME --domain-endpoint-options EnforceHTTPS=true,TLSSecurityPolicy=Policy-Min-TLS-1-2-PFS-2023-10
package casemate.aws.opensearch.tls_policy

policy := input.facets.domain.DomainEndpointOptions.TLSSecurityPolicy

compliant if policy in data.params.policies

old if regex.match(`(?i)^Policy-Min-TLS-1-[01]-`, policy)

deny contains {"message": sprintf("the policy is %s", [policy]), "evidence": {"TLSSecurityPolicy": policy}} if {
	old
	not compliant
}

deny contains {"message": sprintf("the policy is %s, without forward secrecy", [policy]), "evidence": {"TLSSecurityPolicy": policy}} if {
	regex.match(`(?i)^Policy-Min-TLS-1-2-2019-07$`, policy)
	not compliant
}
