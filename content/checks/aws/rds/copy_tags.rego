# METADATA
# title: Database instance hands its tags on to its snapshots
# description: >-
#   Snapshots without tags escape whatever goes by tags: policies, owners, and the class of the data in them.
# custom:
#   id: aws.rds.copy_tags
#   kind: aws.rds.instance
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.17"]
#     iso_27001_2022: ["A.5.9"]
#     nist_800_53_r5: ["CM-8(a)"]
#   remediation:
#     text: >-
#       Turn the copying of tags on.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --copy-tags-to-snapshot
package casemate.aws.rds.copy_tags

configuration := input.facets.configuration

# Aurora takes snapshots of the cluster alone.
applies if not is_string(configuration.DBClusterIdentifier)

value := object.get(configuration, "CopyTagsToSnapshot", false)

compliant if value == true

deny contains {"message": "snapshots get no tags", "evidence": {"CopyTagsToSnapshot": value}} if not compliant
