# METADATA
# title: Database cluster hands its tags on to its snapshots
# description: >-
#   Snapshots without tags escape whatever goes by tags: policies, owners, and the class of the data in them.
# custom:
#   id: aws.rds.cluster_copy_tags
#   kind: aws.rds.cluster
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Neptune.8", "RDS.16"]
#     iso_27001_2022: ["A.5.9"]
#     nist_800_53_r5: ["CM-8(a)"]
#   remediation:
#     text: >-
#       Turn the copying of tags on.
#     command: aws rds modify-db-cluster --db-cluster-identifier NAME --copy-tags-to-snapshot
package casemate.aws.rds.cluster_copy_tags

configuration := input.facets.configuration

# DocumentDB cannot.
applies if not configuration.Engine == "docdb"

value := object.get(configuration, "CopyTagsToSnapshot", false)

compliant if value == true

deny contains {"message": "snapshots get no tags", "evidence": {"CopyTagsToSnapshot": value}} if not compliant
