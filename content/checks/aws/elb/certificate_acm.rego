# METADATA
# title: Classic load balancer shows certificates of ACM
# description: >-
#   ACM renews its certificates; those that somebody uploaded end one day.
# custom:
#   id: aws.elb.certificate_acm
#   kind: aws.elb.load_balancer
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ELB.2"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Ask ACM for a certificate and set it.
package casemate.aws.elb.certificate_acm

listeners := [one.Listener | some one in input.facets.configuration.ListenerDescriptions; upper(one.Listener.Protocol) in {"HTTPS", "SSL"}]

other := [listener | some listener in listeners; not contains(listener.SSLCertificateId, ":acm:")]

applies if not elsewhere

elsewhere if {
	is_array(input.facets.configuration.ListenerDescriptions)
	count(listeners) == 0
}

compliant if {
	count(listeners) > 0
	every listener in listeners { contains(listener.SSLCertificateId, ":acm:") }
}

deny contains {"message": sprintf("port %d shows a certificate of another source", [listener.LoadBalancerPort]), "evidence": listener} if some listener in other
