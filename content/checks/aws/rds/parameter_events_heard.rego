# METADATA
# title: Somebody is told when the parameters of a database change
# description: >-
#   Parameters say whether TLS is asked for and what is logged; a change of a group changes every database that
#   uses it. Events are gone after fourteen days.
# custom:
#   id: aws.rds.parameter_events_heard
#   kind: aws.rds.instance
#   area: monitoring
#   needs: [configuration]
#   related: [{edge: contains, direction: in, kind: aws.account_region, facets: [rds_event_subscriptions]}]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.21"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-6(1)", "CA-7", "SI-4(2)", "SI-4(12)", "SI-5(1)"]
#     pci_dss_4.0: ["10.4.1", "10.4.1.1"]
#   remediation:
#     text: >-
#       Subscribe a topic to configuration changes of DB parameter groups.
#     command: aws rds create-event-subscription --subscription-name NAME --sns-topic-arn TOPIC --source-type db-parameter-group --event-categories "configuration change"
package casemate.aws.rds.parameter_events_heard

configuration := input.facets.configuration

groups := {one.DBParameterGroupName | some one in configuration.DBParameterGroups}

regions := [one | some one in data.estate.related; is_array(one.facets.rds_event_subscriptions.items)]

# Those that are on, and speak of a group: without names a subscription is for all, without a type for everything.
heard contains group if {
	some group in groups
	some region in regions
	some one in region.facets.rds_event_subscriptions.items
	one.Enabled == true
	not object.get(one, "Status", "active") in {"no-permission", "topic-not-exist"}
	speaks(one, group)
	categories := object.get(one, "EventCategoriesList", [])
	tells(categories)
}

speaks(one, _) if object.get(one, "SourceType", "") == ""

speaks(one, _) if {
	one.SourceType == "db-parameter-group"
	count(object.get(one, "SourceIdsList", [])) == 0
}

speaks(one, group) if {
	one.SourceType == "db-parameter-group"
	group in one.SourceIdsList
}

tells(categories) if count(categories) == 0

tells(categories) if "configuration change" in categories

missing := groups - heard

compliant if {
	count(regions) > 0
	count(groups) > 0
	count(missing) == 0
}

deny contains {"message": sprintf("nobody is told of changes of `%s`", [group]), "evidence": {"DBParameterGroupName": group}} if {
	count(regions) > 0
	some group in missing
}
