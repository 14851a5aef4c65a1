# METADATA
# title: Database instance is watched from inside its machine
# description: >-
#   What CloudWatch sees from outside hides which process took the memory or the disk.
# custom:
#   id: aws.rds.enhanced_monitoring
#   kind: aws.rds.instance
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.6"]
#     iso_27001_2022: ["A.8.6", "A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#   remediation:
#     text: >-
#       Turn enhanced monitoring on with an interval of 60 seconds or less.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --monitoring-interval 60 --monitoring-role-arn ROLE
package casemate.aws.rds.enhanced_monitoring

configuration := input.facets.configuration

# DocumentDB and Neptune have none.
applies if not configuration.Engine in {"docdb", "neptune"}

# It is left out where it is off.
interval := object.get(configuration, "MonitoringInterval", 0)

compliant if interval > 0

deny contains {"message": "enhanced monitoring is off", "evidence": {"MonitoringInterval": interval}} if not compliant
