# METADATA
# title: Lambda function keeps events that it could not handle
# description: >-
#   An event that fails its retries is thrown away unless a queue or topic takes it. Destinations for failures are
#   not read.
# custom:
#   id: aws.lambda.dead_letter_queue
#   kind: aws.lambda.function
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.6", "A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#   remediation:
#     text: >-
#       Set a queue or a topic as the dead-letter target, or a destination for failures.
package casemate.aws.lambda.dead_letter_queue

configuration := input.facets.configuration

compliant if startswith(configuration.DeadLetterConfig.TargetArn, "arn:")

deny contains {"message": "no target takes the events that failed", "evidence": {"DeadLetterConfig": object.get(configuration, "DeadLetterConfig", {})}} if {
	not compliant
}
