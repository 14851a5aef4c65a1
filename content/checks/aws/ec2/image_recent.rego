# METADATA
# title: Image is not old
# description: >-
#   A machine that is started from an old image begins with all holes that were found since.
# custom:
#   id: aws.ec2.image_recent
#   kind: aws.ec2.image
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   clock: day
#   params:
#     days: {type: int, default: 365, description: most days since}
#   remediation:
#     text: >-
#       Build the image anew, and deregister the old one.
#     command: aws ec2 deregister-image --image-id IMAGE
package casemate.aws.ec2.image_recent

import data.casemate.lib.date

made := input.facets.configuration.CreationDate

days := input.today_days - date.days(made)

compliant if days <= data.params.days

deny contains {"message": sprintf("it was made on %s", [substring(made, 0, 10)]), "evidence": {"CreationDate": made, "days": days}} if days > data.params.days
