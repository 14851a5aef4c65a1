# METADATA
# title: Public zone of Route 53 is signed
# description: >-
#   Without DNSSEC a resolver cannot tell an answer that somebody forged on the way.
# custom:
#   id: aws.route53.dnssec
#   kind: aws.route53.hosted_zone
#   area: network
#   needs: [configuration, dnssec]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Make a key-signing key, turn on signing, and give the parent zone the DS record.
#     command: aws route53 enable-hosted-zone-dnssec --hosted-zone-id ID
package casemate.aws.route53.dnssec

configuration := input.facets.configuration

# Names of a private zone are asked for within its networks, and it cannot be signed.
applies if not configuration.Config.PrivateZone == true

status := object.get(input.facets.dnssec, ["Status", "ServeSignature"], "unknown")

compliant if {
	configuration.Config.PrivateZone == false
	status == "SIGNING"
}

deny contains {"message": sprintf("signing is %s; wanted SIGNING", [status]), "evidence": {"ServeSignature": status}} if not compliant
