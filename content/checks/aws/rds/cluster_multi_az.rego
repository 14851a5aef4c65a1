# METADATA
# title: Database cluster has instances in more than one zone
# description: >-
#   One zone that fails takes a cluster of one instance with it until a new one is made.
# custom:
#   id: aws.rds.cluster_multi_az
#   kind: aws.rds.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Neptune.9", "RDS.15"]
#     cis_aws_5.0: ["2.2.4"]
#     cis_aws_6.0: ["3.2.4"]
#     cis_aws_7.0: ["3.2.4"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Add an instance in another zone.
#     command: aws rds create-db-instance --db-cluster-identifier NAME --db-instance-identifier READER --engine ENGINE --db-instance-class CLASS --availability-zone ZONE
package casemate.aws.rds.cluster_multi_az

configuration := input.facets.configuration

value := object.get(configuration, "MultiAZ", false)

compliant if value == true

deny contains {"message": "its instances stand in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
