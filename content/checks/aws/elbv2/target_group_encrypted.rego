# METADATA
# title: Load balancer talks TLS to its targets
# description: >-
#   Behind the load balancer the same data pass in the clear through networks that are shared with others.
# custom:
#   id: aws.elbv2.target_group_encrypted
#   kind: aws.elbv2.target_group
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Give targets certificates, and make a target group with HTTPS.
package casemate.aws.elbv2.target_group_encrypted

group := input.facets.configuration

# Functions are called by AWS's own ways; TCP and UDP carry what the targets make of it.
applies if not elsewhere

elsewhere if group.TargetType == "lambda"

elsewhere if group.Protocol in {"TCP", "UDP", "TCP_UDP", "GENEVE"}

compliant if {
	group.TargetType != "lambda"
	group.Protocol in {"HTTPS", "TLS"}
}

deny contains {"message": "requests go to the targets by HTTP", "evidence": {"Protocol": group.Protocol, "Port": group.Port}} if {
	group.TargetType != "lambda"
	group.Protocol == "HTTP"
}
