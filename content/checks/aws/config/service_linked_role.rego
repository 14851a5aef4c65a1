# METADATA
# title: AWS Config uses its service-linked role
# description: >-
#   That role has just what Config needs and follows it; one of your own falls behind when types are added, or may
#   do more.
# custom:
#   id: aws.config.service_linked_role
#   kind: aws.account_region
#   area: identity
#   needs: [config_recorders]
#   severity: low
#   remediation:
#     text: >-
#       Set the role `AWSServiceRoleForConfig`.
package casemate.aws.config.service_linked_role

recorders := input.facets.config_recorders.items

# Without a recorder there is no role.
applies if not count(recorders) == 0

other := [recorder |
	some recorder in recorders
	not linked(recorder)
]

linked(recorder) if regex.match(`:role/aws-service-role/config(-[a-z]+)?\.amazonaws\.com/`, recorder.roleARN)

compliant if {
	count(recorders) > 0
	count(other) == 0
}

deny contains {"message": sprintf("the recorder %s uses another role", [recorder.name]), "evidence": {"roleARN": object.get(recorder, "roleARN", "")}} if some recorder in other
