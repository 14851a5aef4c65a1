# METADATA
# title: Listener takes no outdated TLS
# description: >-
#   TLS 1.0 and 1.1 have holes that cannot be mended.
# custom:
#   id: aws.elbv2.listener_tls_policy
#   kind: aws.elbv2.listener
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set a policy of TLS 1.2 or later, ELBSecurityPolicy-TLS13-1-2-2021-06 for instance.
#     command: aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06
package casemate.aws.elbv2.listener_tls_policy

listener := input.facets.configuration

secured if listener.Protocol in {"HTTPS", "TLS"}

applies if not elsewhere

elsewhere if not secured

# Policies whose least version is 1.2 or 1.3 say so in their names, the restricted one of 2020 apart.
modern if regex.match(`TLS(13)?-1-[23]`, listener.SslPolicy)

modern if regex.match(`^ELBSecurityPolicy-FS-1-2-`, listener.SslPolicy)

compliant if {
	secured
	modern
}

deny contains {"message": sprintf("the policy %s lets TLS before 1.2 in", [listener.SslPolicy]), "evidence": {"SslPolicy": listener.SslPolicy}} if {
	secured
	not modern
}
