# METADATA
# title: A service shows a certificate of an authority
# description: A certificate that signs itself teaches people to accept anything.
# custom:
#   id: host.certificate.self_signed
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: low
#   attack: [T1557]
#   remediation:
#     text: Get a certificate of an authority that the clients trust.
package casemate.host.certificate.self_signed

certificate := input.facets.certificate

applies if certificate.ca == false

compliant if {
	certificate.ca == false
	certificate.self_signed == false
}

deny contains {"message": sprintf("%s is signed by itself", [certificate.subject]), "evidence": {"path": certificate.path, "index": certificate.index}} if {
	certificate.ca == false
	certificate.self_signed == true
}
