# METADATA
# title: Listener agrees on keys that quantum computers do not break
# description: >-
#   What is recorded today is read when such computers come; hybrid key exchange keeps it closed.
# custom:
#   id: aws.elbv2.listener_post_quantum
#   kind: aws.elbv2.listener
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set a policy whose name has PQ in it.
#     command: aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
package casemate.aws.elbv2.listener_post_quantum

listener := input.facets.configuration

secured if listener.Protocol in {"HTTPS", "TLS"}

applies if not elsewhere

elsewhere if not secured

hybrid if contains(listener.SslPolicy, "-PQ-")

compliant if {
	secured
	hybrid
}

deny contains {"message": sprintf("the policy %s has no such key exchange", [listener.SslPolicy]), "evidence": {"SslPolicy": listener.SslPolicy}} if {
	secured
	not hybrid
}
