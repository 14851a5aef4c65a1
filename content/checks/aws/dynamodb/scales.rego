# METADATA
# title: DynamoDB table scales with demand
# description: >-
#   A table with a fixed capacity refuses requests beyond it, whoever makes them.
# custom:
#   id: aws.dynamodb.scales
#   kind: aws.dynamodb.table
#   area: database
#   needs: [table]
#   related: [{edge: contains, direction: in, kind: aws.account_region, facets: [dynamodb_scaling]}]
#   severity: low
#   frameworks:
#     aws_fsbp: ["DynamoDB.1"]
#     iso_27001_2022: ["A.8.6"]
#     nist_800_53_r5: ["SC-5(2)", "SC-6"]
#   remediation:
#     text: >-
#       Bill by request, or let Application Auto Scaling rule reading and writing.
#     command: aws dynamodb update-table --table-name NAME --billing-mode PAY_PER_REQUEST
package casemate.aws.dynamodb.scales

table := input.facets.table

mode := object.get(table, ["BillingModeSummary", "BillingMode"], "PROVISIONED")

regions := [one | some one in data.estate.related; is_array(one.facets.dynamodb_scaling.items)]

ruled := {target.ScalableDimension |
	some region in regions
	some target in region.facets.dynamodb_scaling.items
	target.ResourceId == sprintf("table/%s", [table.TableName])
	object.get(target, ["SuspendedState", "DynamicScalingOutSuspended"], false) == false
}

missing := {"dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits"} - ruled

compliant if mode == "PAY_PER_REQUEST"

compliant if {
	is_string(table.TableName)
	count(missing) == 0
}

deny contains {"message": sprintf("the capacity is fixed: %s", [concat(", ", sort(missing))]), "evidence": {"BillingMode": mode, "missing": sort(missing)}} if {
	mode != "PAY_PER_REQUEST"
	is_string(table.TableName)
	count(regions) > 0
	count(missing) > 0
}
