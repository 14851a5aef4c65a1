# METADATA
# title: Database instance has a standby in another zone
# description: >-
#   One zone that fails takes the database with it; with a standby it is back within minutes and has lost
#   nothing. Clusters are judged by `aws.rds.cluster_multi_az`.
# custom:
#   id: aws.rds.multi_az
#   kind: aws.rds.instance
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.5"]
#     cis_aws_5.0: ["2.2.4"]
#     cis_aws_6.0: ["3.2.4"]
#     cis_aws_7.0: ["3.2.4"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn Multi-AZ on; the change copies the storage while the instance runs.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --multi-az --apply-immediately
package casemate.aws.rds.multi_az

configuration := input.facets.configuration

# What a cluster holds is set on the cluster.
applies if not is_string(configuration.DBClusterIdentifier)

value := object.get(configuration, "MultiAZ", false)

compliant if value == true

deny contains {"message": "it stands in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
