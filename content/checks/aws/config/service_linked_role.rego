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
#   frameworks:
#     aws_fsbp: ["Config.1"]
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
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
