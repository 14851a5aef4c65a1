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
