# METADATA
# title: Secret is used
# description: >-
#   A secret that nobody reads still opens something. One that was never read counts from its making.
# custom:
#   id: aws.secretsmanager.used
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [secret]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SecretsManager.3"]
#     iso_27001_2022: ["A.5.16", "A.5.18"]
#     nist_800_53_r5: ["AC-2(3)", "AC-2(j)", "AC-6"]
#     pci_dss_4.0: ["7.2.4", "8.2.6"]
#   clock: day
#   params:
#     days: {type: int, default: 90, description: most days since it was last read}
#   remediation:
#     text: >-
#       Delete it, after you turned off what it opens.
#     command: aws secretsmanager delete-secret --secret-id NAME --recovery-window-in-days 30
package casemate.aws.secretsmanager.used

import data.casemate.lib.date

secret := input.facets.secret

since := object.get(secret, "LastAccessedDate", object.get(secret, "CreatedDate", ""))

age := input.today_days - date.days(since)

compliant if age <= data.params.days

deny contains {"message": sprintf("nobody has read it since %s", [substring(since, 0, 10)]), "evidence": {"since": since, "days": age}} if age > data.params.days
