# METADATA
# title: Bucket tells of what happens in it
# description: >-
#   An event for each object lets others look at what comes in, and notice what goes.
# custom:
#   id: aws.s3.event_notifications
#   kind: aws.s3.bucket
#   area: monitoring
#   needs: [notification]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.11"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-6(1)", "CA-7", "SI-4(2)", "SI-4(12)", "SI-5(1)"]
#     pci_dss_4.0: ["10.4.1", "10.4.1.1"]
#   remediation:
#     text: >-
#       Send events to EventBridge, a queue, a topic or a function.
#     command: aws s3api put-bucket-notification-configuration --bucket NAME --notification-configuration '{"EventBridgeConfiguration":{}}'
package casemate.aws.s3.event_notifications

facet := input.facets.notification

compliant if count(facet.TopicConfigurations) > 0

compliant if count(facet.QueueConfigurations) > 0

compliant if count(facet.LambdaFunctionConfigurations) > 0

compliant if is_object(facet.EventBridgeConfiguration)

deny contains {"message": "events are sent nowhere", "evidence": facet} if not compliant
