# METADATA
# title: MSK cluster is watched closely
# description: >-
#   The default metrics say nothing of single topics, so that an attack or a fault in one is not seen.
# custom:
#   id: aws.kafka.enhanced_monitoring
#   kind: aws.kafka.cluster
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["MSK.2"]
#     iso_27001_2022: ["A.8.6", "A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#   remediation:
#     text: >-
#       Set enhanced monitoring to PER_TOPIC_PER_BROKER or finer.
#     command: aws kafka update-monitoring --cluster-arn ARN --current-version VERSION --enhanced-monitoring PER_TOPIC_PER_BROKER
package casemate.aws.kafka.enhanced_monitoring

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

level := object.get(configuration, ["Provisioned", "EnhancedMonitoring"], "DEFAULT")

compliant if level in {"PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"}

deny contains {"message": sprintf("the level is %s", [level]), "evidence": {"EnhancedMonitoring": level}} if level in {"DEFAULT", "PER_BROKER"}
