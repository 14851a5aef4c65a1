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
