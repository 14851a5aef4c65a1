# METADATA
# title: Certificate was issued and holds
# description: >-
#   One that failed, timed out or was revoked is of no use, and whoever relies on it does not know.
# custom:
#   id: aws.acm.issued
#   kind: aws.acm.certificate
#   area: encryption
#   needs: [certificate]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Ask for it anew, and delete this one.
package casemate.aws.acm.issued

certificate := input.facets.certificate

good := {"ISSUED", "PENDING_VALIDATION", "INACTIVE"}

compliant if certificate.Status in good

deny contains {"message": sprintf("it is %s", [replace(lower(certificate.Status), "_", " ")]), "evidence": {"Status": certificate.Status, "reason": object.get(certificate, "FailureReason", object.get(certificate, "RevocationReason", ""))}} if {
	is_string(certificate.Status)
	not certificate.Status in good
}
