# METADATA
# title: Certificate proves its domains by DNS
# description: >-
#   By mail somebody has to answer for every renewal.
# custom:
#   id: aws.acm.dns_validation
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
#       Ask for it anew with validation by DNS.
#     command: aws acm request-certificate --domain-name NAME --validation-method DNS
package casemate.aws.acm.dns_validation

certificate := input.facets.certificate

other if {
	is_string(certificate.Type)
	certificate.Type != "AMAZON_ISSUED"
}

applies if not other

options := certificate.DomainValidationOptions

by_mail := sort([option.DomainName | some option in options; option.ValidationMethod == "EMAIL"])

compliant if {
	count(options) > 0
	count(by_mail) == 0
}

deny contains {"message": sprintf("by mail: %s", [concat(", ", by_mail)]), "evidence": {"names": by_mail}} if count(by_mail) > 0
