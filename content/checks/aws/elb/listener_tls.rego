# METADATA
# title: Classic load balancer speaks TLS
# description: >-
#   What passes in the clear is read and changed by whoever stands between.
# custom:
#   id: aws.elb.listener_tls
#   kind: aws.elb.load_balancer
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ELB.3"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Make listeners of HTTPS or SSL, and take those of HTTP off.
package casemate.aws.elb.listener_tls

listeners := [one.Listener | some one in input.facets.configuration.ListenerDescriptions]

clear := [listener | some listener in listeners; upper(listener.Protocol) in {"HTTP", "TCP"}]

compliant if {
	count(listeners) > 0
	every listener in listeners { upper(listener.Protocol) in {"HTTPS", "SSL"} }
}

deny contains {"message": sprintf("port %d speaks %s", [listener.LoadBalancerPort, listener.Protocol]), "evidence": listener} if some listener in clear
