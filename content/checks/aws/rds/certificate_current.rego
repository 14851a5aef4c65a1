# METADATA
# title: Certificate of a database instance does not end soon
# description: >-
#   When its certificate ends, clients that look at it cannot connect, and those that do not are open to whoever
#   stands between. Where the instance says when its certificate ends, that counts, else the day on which its
#   authority ends (RDS User Guide, "Using SSL/TLS to encrypt a connection").
# custom:
#   id: aws.rds.certificate_current
#   kind: aws.rds.instance
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   clock: day
#   params:
#     days: {type: int, default: 30, description: fewest days that the certificate must still be good}
#     authorities:
#       type: list
#       default: [
#         rds-ca-2015=2020-03-05, rds-ca-2019=2024-08-22, rds-ca-rsa2048-g1=2061-05-25, rds-ca-rsa4096-g1=2121-05-25,
#         rds-ca-ecc384-g1=2121-05-25
#       ]
#       description: authority and the day on which it ends
#   remediation:
#     text: >-
#       Move to an authority that goes on, and let the certificate be rotated; some engines restart for it.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --ca-certificate-identifier rds-ca-rsa2048-g1
package casemate.aws.rds.certificate_current

import data.casemate.lib.date

configuration := input.facets.configuration

ends := {parts[0]: parts[1] |
	some entry in data.params.authorities
	parts := split(entry, "=")
	count(parts) == 2
}

authority := object.get(configuration, ["CertificateDetails", "CAIdentifier"], configuration.CACertificateIdentifier)

end := substring(configuration.CertificateDetails.ValidTill, 0, 10)

end := ends[authority] if not configuration.CertificateDetails.ValidTill

left := date.days(end) - input.today_days

compliant if left > data.params.days

deny contains {"message": sprintf("it ends on %s", [end]), "evidence": {"authority": authority, "ends": end, "days": left}} if left <= data.params.days
