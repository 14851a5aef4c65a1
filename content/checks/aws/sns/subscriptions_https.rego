# METADATA
# title: SNS topic has no subscriber over plain HTTP
# custom:
#   id: aws.sns.subscriptions_https
#   kind: aws.sns.topic
#   area: encryption
#   needs: [subscriptions]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
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
