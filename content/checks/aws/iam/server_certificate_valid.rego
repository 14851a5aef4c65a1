# METADATA
# title: Server certificate in IAM has not expired
# description: >-
#   An expired certificate that is put before a service by mistake shuts its users out.
# custom:
#   id: aws.iam.server_certificate_valid
#   kind: aws.iam.server_certificate
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["IAM.26"]
#     cis_aws_3.0: ["1.19"]
#     cis_aws_5.0: ["1.18"]
#     cis_aws_6.0: ["2.18"]
#     cis_aws_7.0: ["2.17"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   clock: day
#   remediation:
#     text: >-
#       Delete the certificate; keep new ones in Certificate Manager, which renews them.
#     command: aws iam delete-server-certificate --server-certificate-name NAME
package casemate.aws.iam.server_certificate_valid

import data.casemate.lib.date

expiration := input.facets.configuration.Expiration

left := date.days(expiration) - date.days(input.today)

compliant if left > 0

deny contains {"message": sprintf("it expired on %s", [substring(expiration, 0, 10)]), "evidence": {"Expiration": expiration}} if left <= 0
