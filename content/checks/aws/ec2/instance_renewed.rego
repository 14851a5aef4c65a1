# METADATA
# title: Instance was started anew within half a year
# description: >-
#   A machine that is never made anew drifts from what is written about it, and its kernel is as old as its
#   start.
# custom:
#   id: aws.ec2.instance_renewed
#   kind: aws.ec2.instance
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   clock: day
#   params:
#     days: {type: int, default: 180, description: most days since}
#   remediation:
#     text: >-
#       Make the machine anew from a current image; at least start it again.
package casemate.aws.ec2.instance_renewed

import data.casemate.lib.date

made := input.facets.configuration.LaunchTime

days := input.today_days - date.days(made)

compliant if days <= data.params.days

deny contains {"message": sprintf("it was started on %s", [substring(made, 0, 10)]), "evidence": {"LaunchTime": made, "days": days}} if days > data.params.days
