# METADATA
# title: Certificate names its hosts
# description: >-
#   Whoever has the key of a wildcard certificate can be any host of the domain.
# custom:
#   id: aws.acm.no_wildcard
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
#       Ask for a certificate that names the hosts that need it.
package casemate.aws.acm.no_wildcard

certificate := input.facets.certificate

names := {certificate.DomainName} | {name | some name in certificate.SubjectAlternativeNames}

wild := sort([name | some name in names; contains(name, "*")])

compliant if {
	is_string(certificate.DomainName)
	count(wild) == 0
}

deny contains {"message": sprintf("it is good for %s", [concat(", ", wild)]), "evidence": {"names": wild}} if count(wild) > 0
