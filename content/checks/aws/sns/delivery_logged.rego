# METADATA
# title: SNS topic logs delivery
# description: >-
#   The log says which messages did not arrive. Each kind of subscriber has a role of its own for it; one is enough.
# custom:
#   id: aws.sns.delivery_logged
#   kind: aws.sns.topic
#   area: logging
#   needs: [attributes]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SNS.2"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Set the feedback roles for the kinds of subscribers that the topic has.
#     command: aws sns set-topic-attributes --topic-arn ARN --attribute-name SQSFailureFeedbackRoleArn --attribute-value ROLE
package casemate.aws.sns.delivery_logged

attributes := input.facets.attributes

role(name) := object.get(attributes, name, "")

roles := [
	role("HTTPFailureFeedbackRoleArn"), role("HTTPSuccessFeedbackRoleArn"), role("FirehoseFailureFeedbackRoleArn"),
	role("FirehoseSuccessFeedbackRoleArn"), role("LambdaFailureFeedbackRoleArn"), role("LambdaSuccessFeedbackRoleArn"),
	role("ApplicationFailureFeedbackRoleArn"), role("ApplicationSuccessFeedbackRoleArn"),
	role("SQSFailureFeedbackRoleArn"), role("SQSSuccessFeedbackRoleArn"),
]

set := [arn | some arn in roles; arn != ""]

compliant if count(set) > 0

deny contains {"message": "no role is set that logs delivery", "evidence": {"TopicArn": object.get(attributes, "TopicArn", "")}} if not compliant
