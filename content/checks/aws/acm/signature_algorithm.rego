# METADATA
# title: Certificate is not signed with a broken hash
# custom:
#   id: aws.acm.signature_algorithm
#   kind: aws.acm.certificate
#   area: encryption
#   needs: [certificate]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12"]
#     pci_dss_4.0: ["3.7.1", "4.2.1"]
#   remediation:
#     text: >-
#       Ask for a new certificate signed with SHA-256.
package casemate.aws.acm.signature_algorithm

algorithm := upper(input.facets.certificate.SignatureAlgorithm)

broken if regex.match(`(SHA-?1|MD5|MD2)($|[^0-9])`, algorithm)

# Not issued yet: nobody has signed it.
applies if input.facets.certificate.SignatureAlgorithm

applies if input.facets.certificate.Status == "ISSUED"

applies if count(input.facets.certificate) == 0

compliant if {
	algorithm != ""
	not broken
}

deny contains {"message": sprintf("it is signed by %s", [algorithm]), "evidence": {"SignatureAlgorithm": algorithm}} if broken
