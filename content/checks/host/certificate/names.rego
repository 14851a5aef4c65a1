# METADATA
# title: A certificate names its hosts
# description: Clients look at the alternative names alone; a certificate without any is refused, or checked by nobody.
# custom:
#   id: host.certificate.names
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: low
#   remediation:
#     text: Have it issued again with subjectAltName.
package casemate.host.certificate.names

certificate := input.facets.certificate

applies if certificate.ca == false

compliant if {
	certificate.ca == false
	count(certificate.names) > 0
}

deny contains {"message": sprintf("%s has no alternative names", [certificate.subject]), "evidence": {"path": certificate.path, "index": certificate.index}} if {
	certificate.ca == false
	count(certificate.names) == 0
}
