# METADATA
# title: Webhook filters of a CodeBuild project fit whole names
# description: >-
#   A pattern for an account or branch that is not tied to both ends fits longer ones too: strangers who
#   register such a name start builds with the role of the project.
# custom:
#   id: aws.codebuild.webhook_anchored
#   kind: aws.codebuild.project
#   area: compute
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.21", "A.8.9"]
#     nist_800_53_r5: ["SI-7(a)"]
#   attack: [T1195.002]
#   remediation:
#     text: >-
#       Write patterns as ^(…)$.
package casemate.aws.codebuild.webhook_anchored

configuration := input.facets.configuration

webhook := object.get(configuration, "webhook", {})

applies if webhook.filterGroups

applies if not is_string(configuration.name)

bad := [filter |
	some group in webhook.filterGroups
	some filter in group
	filter.type in {"ACTOR_ACCOUNT_ID", "HEAD_REF", "BASE_REF"}
	not filter.excludeMatchedPattern == true
	not anchored(filter.pattern)
]

anchored(pattern) if {
	every part in split(pattern, "|") { whole(part) }
}

# One group around all alternatives.
anchored(pattern) if regex.match(`^\^\([^()]*\)\$$`, pattern)

whole(part) if {
	startswith(trim_space(part), "^")
	endswith(trim_space(part), "$")
}

compliant if {
	is_array(webhook.filterGroups)
	count(bad) == 0
}

deny contains {"message": sprintf("the pattern %s for %s fits longer names", [filter.pattern, filter.type]), "evidence": {"type": filter.type, "pattern": filter.pattern}} if some filter in bad
