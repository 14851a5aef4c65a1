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
#   frameworks:
#     iso_27001_2022: ["A.8.14"]
#     nist_800_53_r5: ["SC-5(a)", "SC-5(b)"]
#   attack: [T1498]
#   remediation:
#     text: >-
#       Subscribe, in one account for the whole organisation.
package casemate.aws.shield.advanced

state := input.facets.shield_subscription.SubscriptionState

compliant if state == "ACTIVE"

deny contains {"message": "there is no subscription", "evidence": {"SubscriptionState": state}} if state == "INACTIVE"
