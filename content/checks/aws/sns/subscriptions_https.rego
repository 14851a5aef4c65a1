# METADATA
# title: SNS topic has no subscriber over plain HTTP
# custom:
#   id: aws.sns.subscriptions_https
#   kind: aws.sns.topic
#   area: encryption
#   needs: [subscriptions]
#   severity: medium
#   attack: [T1040]
#   remediation:
#     text: >-
#       Subscribe the endpoint by HTTPS and remove the old subscription.
#     command: aws sns unsubscribe --subscription-arn ARN
package casemate.aws.sns.subscriptions_https

items := input.facets.subscriptions.items

plain := [one | some one in items; lower(one.Protocol) == "http"]

compliant if {
	is_array(items)
	count(plain) == 0
}

deny contains {"message": sprintf("messages go to %s", [split(one.Endpoint, "?")[0]]), "evidence": {"SubscriptionArn": one.SubscriptionArn}} if some one in plain
