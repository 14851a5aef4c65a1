# METADATA
# title: Listener speaks TLS, or sends to one that does
# description: >-
#   What passes in the clear is read and changed by whoever stands between.
# custom:
#   id: aws.elbv2.listener_tls
#   kind: aws.elbv2.listener
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ELB.1"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["AC-17(2)", "SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Let the default action of the HTTP listener redirect to HTTPS.
#     command: aws elbv2 modify-listener --listener-arn ARN --default-actions Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}
package casemate.aws.elbv2.listener_tls

listener := input.facets.configuration

redirects if {
	count(listener.DefaultActions) > 0
	last := listener.DefaultActions[count(listener.DefaultActions) - 1]
	last.Type == "redirect"
	last.RedirectConfig.Protocol == "HTTPS"
}

# TCP and UDP carry what the targets make of it.
applies if not elsewhere

elsewhere if listener.Protocol in {"TCP", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"}

compliant if listener.Protocol in {"HTTPS", "TLS"}

compliant if {
	listener.Protocol == "HTTP"
	redirects
}

deny contains {"message": sprintf("port %d speaks HTTP and does not redirect to HTTPS", [listener.Port]), "evidence": {"Port": listener.Port, "DefaultActions": listener.DefaultActions}} if {
	listener.Protocol == "HTTP"
	not redirects
}
