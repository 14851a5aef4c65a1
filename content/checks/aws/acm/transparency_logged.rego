# METADATA
# title: Certificate is in the public logs
# description: >-
#   Browsers distrust a certificate of a public authority that is in no log of Certificate Transparency, and you cannot
#   find in them what was issued for your names behind your back.
# custom:
#   id: aws.acm.transparency_logged
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
#       Turn logging on; it takes effect with the next renewal.
#     command: aws acm update-certificate-options --certificate-arn ARN --options CertificateTransparencyLoggingPreference=ENABLED
package casemate.aws.acm.transparency_logged

certificate := input.facets.certificate

# Brought in or of a private authority: AWS logs nothing.
other if {
	is_string(certificate.Type)
	certificate.Type != "AMAZON_ISSUED"
}

applies if not other

preference := certificate.Options.CertificateTransparencyLoggingPreference

compliant if {
	certificate.Type == "AMAZON_ISSUED"
	preference == "ENABLED"
}

deny contains {"message": "it is kept out of the public logs", "evidence": {"CertificateTransparencyLoggingPreference": preference}} if preference == "DISABLED"
