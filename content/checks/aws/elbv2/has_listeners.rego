# METADATA
# title: Load balancer has a listener
# description: >-
#   One without a listener serves nobody; its name in the DNS and its groups stay open for what comes next.
# custom:
#   id: aws.elbv2.has_listeners
#   kind: aws.elbv2.load_balancer
#   area: governance
#   needs: [configuration]
#   related:
#     - {edge: contains, direction: out, kind: aws.elbv2.listener, facets: [configuration]}
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Delete the load balancer, or give it a listener.
#     command: aws elbv2 delete-load-balancer --load-balancer-arn ARN
package casemate.aws.elbv2.has_listeners

configuration := input.facets.configuration

listeners := [one.resource.name | some one in data.estate.related]

compliant if {
	is_string(configuration.LoadBalancerArn)
	count(listeners) > 0
}

deny contains {"message": "it has no listener", "evidence": {"listeners": listeners}} if {
	is_string(configuration.LoadBalancerArn)
	count(listeners) == 0
}
