# METADATA
# title: Somebody is told of critical events of a database cluster
# description: >-
#   RDS tells of failures and changes by events alone; without a subscription they are gone after fourteen days.
# custom:
#   id: aws.rds.cluster_events_heard
#   kind: aws.rds.cluster
#   area: monitoring
#   needs: [configuration]
#   related: [{edge: contains, direction: in, kind: aws.account_region, facets: [rds_event_subscriptions]}]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.19"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-6(1)", "CA-7", "SI-4(2)", "SI-4(12)", "SI-5(1)"]
#     pci_dss_4.0: ["10.4.1", "10.4.1.1"]
#   remediation:
#     text: >-
#       Subscribe a topic to the events of db-clusters: failure, maintenance.
#     command: aws rds create-event-subscription --subscription-name NAME --sns-topic-arn TOPIC --source-type db-cluster
package casemate.aws.rds.cluster_events_heard

configuration := input.facets.configuration

wanted := {"failure", "maintenance"}

regions := [one | some one in data.estate.related; is_array(one.facets.rds_event_subscriptions.items)]

# Those that are on, and speak of this one: without names a subscription is for all, without a type for everything.
heard contains category if {
	some region in regions
	some one in region.facets.rds_event_subscriptions.items
	one.Enabled == true
	object.get(one, "Status", "active") != "no-permission"
	object.get(one, "Status", "active") != "topic-not-exist"
	speaks(one)
	some category in categories(one)
}

speaks(one) if object.get(one, "SourceType", "") == ""

speaks(one) if {
	one.SourceType == "db-cluster"
	count(object.get(one, "SourceIdsList", [])) == 0
}

speaks(one) if {
	one.SourceType == "db-cluster"
	configuration.DBClusterIdentifier in one.SourceIdsList
}

categories(one) := wanted if count(object.get(one, "EventCategoriesList", [])) == 0

categories(one) := {category | some category in one.EventCategoriesList} if count(object.get(one, "EventCategoriesList", [])) > 0

missing := wanted - heard

compliant if {
	count(regions) > 0
	is_string(configuration.DBClusterIdentifier)
	count(missing) == 0
}

deny contains {"message": sprintf("nobody is told of: %s", [concat(", ", sort(missing))]), "evidence": {"missing": sort(missing)}} if {
	count(regions) > 0
	is_string(configuration.DBClusterIdentifier)
	count(missing) > 0
}
