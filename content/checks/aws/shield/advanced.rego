# METADATA
# title: Shield Advanced is subscribed
# description: >-
#   For what must not fall to a flood of traffic: better mitigation, a team that helps, and no bill for the flood.
#   It costs a great deal; exempt accounts that serve nobody.
# custom:
#   id: aws.shield.advanced
#   kind: aws.account
#   area: network
#   needs: [shield_subscription]
#   severity: low
#   attack: [T1498]
#   remediation:
#     text: >-
#       Subscribe, in one account for the whole organisation.
package casemate.aws.shield.advanced

state := input.facets.shield_subscription.SubscriptionState

compliant if state == "ACTIVE"

deny contains {"message": "there is no subscription", "evidence": {"SubscriptionState": state}} if state == "INACTIVE"
