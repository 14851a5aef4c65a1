# METADATA
# title: Organisation keeps its content from training AWS models
# description: >-
#   Some AI services of AWS keep what they are given and learn from it, in other regions too, unless a policy says
#   no.
# custom:
#   id: aws.organizations.ai_opt_out
#   kind: aws.organizations.root
#   area: governance
#   needs: [ai_opt_out, ai_opt_out_content]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.23"]
#   remediation:
#     text: >-
#       Attach a policy of the type for AI services to the root that opts out of all by default.
#     command: aws organizations attach-policy --policy-id POLICY --target-id ROOT
package casemate.aws.organizations.ai_opt_out

contents := input.facets.ai_opt_out_content.items

attached := input.facets.ai_opt_out.items

# `services.default.opt_out_policy.@@assign` is what holds for all services that are not named.
out if {
	some one in contents
	one.Content.services["default"].opt_out_policy["@@assign"] == "optOut"
}

in_again contains service if {
	some one in contents
	some service, setting in one.Content.services
	setting.opt_out_policy["@@assign"] == "optIn"
}

compliant if {
	count(attached) > 0
	out
	count(in_again) == 0
}

deny contains {"message": "no policy opts out of all services at the root", "evidence": {"policies": count(attached)}} if {
	is_array(attached)
	is_array(contents)
	not out
}

deny contains {"message": sprintf("%s learns from its content", [service]), "evidence": {"service": service}} if some service in in_again
