# METADATA
# title: Secret was changed in the last 90 days
# description: >-
#   A secret that rotates seldom, or only on paper, is as old as it is. One that was never rotated is as old as its making.
# custom:
#   id: aws.secretsmanager.rotated_in_time
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [secret]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["SecretsManager.4"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(f)"]
#     pci_dss_4.0: ["8.6.3"]
#   clock: day
#   params:
#     days: {type: int, default: 90, description: most days since the last rotation}
#   remediation:
#     text: >-
#       Rotate it now, and set a rotation within this time.
#     command: aws secretsmanager rotate-secret --secret-id NAME
package casemate.aws.secretsmanager.rotated_in_time

import data.casemate.lib.date

secret := input.facets.secret

since := object.get(secret, "LastRotatedDate", object.get(secret, "CreatedDate", ""))

age := input.today_days - date.days(since)

compliant if age <= data.params.days

deny contains {"message": sprintf("last changed on %s", [substring(since, 0, 10)]), "evidence": {"since": since, "days": age}} if age > data.params.days
