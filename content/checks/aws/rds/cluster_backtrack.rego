# METADATA
# title: Aurora MySQL cluster can be wound back
# description: >-
#   A wrong statement is undone within minutes instead of by a restore. It must be said at the creation of the
#   cluster, or at its restore.
# custom:
#   id: aws.rds.cluster_backtrack
#   kind: aws.rds.cluster
#   area: backup
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.14"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   remediation:
#     text: >-
#       Restore the cluster with a backtrack window.
package casemate.aws.rds.cluster_backtrack

configuration := input.facets.configuration

# The one engine that can.
applies if object.get(configuration, "Engine", "aurora-mysql") == "aurora-mysql"

window := object.get(configuration, "BacktrackWindow", 0)

compliant if window > 0

deny contains {"message": "backtrack is off", "evidence": {"BacktrackWindow": window}} if not compliant
