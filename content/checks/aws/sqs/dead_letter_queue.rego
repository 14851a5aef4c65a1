# METADATA
# title: SQS queue puts aside what cannot be handled
# description: >-
#   Without a dead-letter queue a message that breaks its reader comes back until it is thrown away, and nobody learns of
#   it. Queues that take dead letters themselves need none; accept the finding for them.
# custom:
#   id: aws.sqs.dead_letter_queue
#   kind: aws.sqs.queue
#   area: monitoring
#   needs: [attributes]
#   severity: low
#   remediation:
#     text: >-
#       Set a redrive policy with a dead-letter queue.
#     command: aws sqs set-queue-attributes --queue-url URL --attributes file://redrive.json
package casemate.aws.sqs.dead_letter_queue

target := object.get(input.facets.attributes, ["RedrivePolicy", "deadLetterTargetArn"], "")

compliant if startswith(target, "arn:")

deny contains {"message": "no dead-letter queue is set", "evidence": {"deadLetterTargetArn": target}} if not compliant
