# METADATA
# title: Backup plan covers something
# description: >-
#   A plan to which nothing is assigned makes no backups, and looks as if it did.
# custom:
#   id: aws.backup.plan_used
#   kind: aws.backup.plan
#   area: backup
#   needs: [selections]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   remediation:
#     text: >-
#       Assign resources by their tags, or delete the plan.
#     command: aws backup create-backup-selection --backup-plan-id ID --backup-selection file://selection.json
package casemate.aws.backup.plan_used

selections := input.facets.selections.items

compliant if count(selections) > 0

deny contains {"message": "nothing is assigned to it", "evidence": {"selections": 0}} if count(selections) == 0
