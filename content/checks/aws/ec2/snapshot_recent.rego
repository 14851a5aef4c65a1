# METADATA
# title: Snapshot is not kept beyond its use
# description: >-
#   Data that nobody needs any more can still be stolen. Archives for many years are another matter: set the
#   parameter, or accept them.
# custom:
#   id: aws.ec2.snapshot_recent
#   kind: aws.ec2.snapshot
#   area: storage
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.10"]
#     nist_800_53_r5: ["SI-12"]
#     pci_dss_4.0: ["3.2.1"]
#   clock: day
#   params:
#     days: {type: int, default: 365, description: most days since}
#   remediation:
#     text: >-
#       Delete the snapshot, or let a lifecycle policy do so.
#     command: aws ec2 delete-snapshot --snapshot-id SNAPSHOT
package casemate.aws.ec2.snapshot_recent

import data.casemate.lib.date

made := input.facets.configuration.StartTime

days := input.today_days - date.days(made)

compliant if days <= data.params.days

deny contains {"message": sprintf("it was made on %s", [substring(made, 0, 10)]), "evidence": {"StartTime": made, "days": days}} if days > data.params.days
