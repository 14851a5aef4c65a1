# METADATA
# title: Classic load balancer takes no outdated TLS
# description: >-
#   SSL 3, TLS 1.0 and TLS 1.1 have holes that cannot be mended.
# custom:
#   id: aws.elb.listener_tls_policy
#   kind: aws.elb.load_balancer
#   area: encryption
#   needs: [configuration, policies]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set the policy ELBSecurityPolicy-TLS-1-2-2017-01, or move to an application load balancer.
package casemate.aws.elb.listener_tls_policy

listeners := [one | some one in input.facets.configuration.ListenerDescriptions; upper(one.Listener.Protocol) in {"HTTPS", "SSL"}]

applies if not elsewhere

elsewhere if {
	is_array(input.facets.configuration.ListenerDescriptions)
	count(listeners) == 0
}

# Protocols that a listener's policies turn on, with the policies that are known.
policies(listener) := [one | some one in input.facets.policies.items; one.PolicyName in listener.PolicyNames; one.PolicyTypeName == "SSLNegotiationPolicyType"]

on(listener) := {attribute.AttributeName |
	some one in policies(listener)
	some attribute in one.PolicyAttributeDescriptions
	lower(attribute.AttributeValue) == "true"
}

outdated := {"Protocol-SSLv2", "Protocol-SSLv3", "Protocol-TLSv1", "Protocol-TLSv1.1"}

bad := [{"port": one.Listener.LoadBalancerPort, "protocols": sort(found)} |
	some one in listeners
	found := on(one) & outdated
	count(found) > 0
]

compliant if {
	count(listeners) > 0
	every one in listeners { "Protocol-TLSv1.2" in on(one) }
	count(bad) == 0
}

deny contains {"message": sprintf("port %v takes %s", [one.port, concat(", ", one.protocols)]), "evidence": one} if some one in bad
