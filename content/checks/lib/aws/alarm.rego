# Whether somebody is told of certain events: a trail of all regions records them and feeds a log group, a metric filter
# of the group counts them, an alarm goes off on the metric, and its topic has a subscriber. For checks of the account,
# which need what `trail` needs and are related to its regions (`metric_filters`, `alarms`, `sns_subscriptions`) too.
#
# An event is an object of the fields that every event of its kind has, by their path; all values are texts.
package casemate.lib.aws.alarm

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.trail

# A successful change by a call of the API.
change(source, name) := {
	"eventSource": source, "eventName": name, "eventType": "AwsApiCall", "eventCategory": "Management",
	"readOnly": "false", "managementEvent": "true",
}

mode(event) := "read" if event.readOnly == "true"

mode(event) := "write" if event.readOnly == "false"

# The trails that feed a log group, with its region and name.
feeds(account, facets, related) := [feed |
	some one in trail.known(facets, related)
	one.trail.IsMultiRegionTrail == true
	one.status == "logging"
	fields := split(one.trail.CloudWatchLogsLogGroupArn, ":")
	fields[4] == account_of(account)
	feed := {
		"region": fields[3], "group": concat(":", [field | some index, field in fields; index > 5; field != "*"]),
		"grants": one.management,
	}
]

# The account of a root ARN.
account_of(arn) := split(arn, ":")[4]

# Filters of the groups whose metric rings an alarm, with what their trails record.
watching(account, facets, related) := [watch |
	some feed in feeds(account, facets, related)
	some region in related
	region.resource.id == sprintf("%s/%s", [account_of(account), feed.region])
	some filter in region.facets.metric_filters.items
	filter.logGroupName == feed.group
	filter.understood == true
	not noisy(filter.alternatives)
	some metric in filter.metrics
	metric.value != "0"
	rings(metric, region)
	watch := {"alternatives": filter.alternatives, "grants": feed.grants}
]

# What happens all the time. An alarm on all that happens is always on, and tells nobody of anything.
ordinary := [
	object.union(change("ec2.amazonaws.com", "DescribeInstances"), {"readOnly": "true", "userIdentity.type": "AssumedRole"}),
	object.union(change("logs.amazonaws.com", "CreateLogStream"), {"userIdentity.type": "AssumedRole"}),
]

noisy(alternatives) if {
	some event in ordinary
	matches(alternatives, event)
}

matches(alternatives, event) if {
	some terms in alternatives
	every term in terms { holds(term, event) }
}

# An alarm on the metric reaches a subscriber, by itself or by a composite alarm.
rings(metric, region) if {
	some alarm in region.facets.alarms.MetricAlarms
	fires(alarm, metric)
	heard(alarm, region)
}

rings(metric, region) if {
	some alarm in region.facets.alarms.MetricAlarms
	fires(alarm, metric)
	some composite in region.facets.alarms.CompositeAlarms
	made_of(composite.AlarmRule, alarm)
	heard(composite, region)
}

# The alarm goes off when the metric is counted. One on certain dimensions sees a part of what is counted.
fires(alarm, metric) if {
	startswith(alarm.ComparisonOperator, "GreaterThan")
	some source in sources(alarm)
	source.name == metric.name
	source.namespace == metric.namespace
	count(source.dimensions) == 0
	count(metric.dimensions) == 0
}

sources(alarm) := {{"name": alarm.MetricName, "namespace": alarm.Namespace, "dimensions": object.get(alarm, "Dimensions", [])}} | {source |
	some part in object.get(alarm, "Metrics", [])
	metric := part.MetricStat.Metric
	source := {"name": metric.MetricName, "namespace": metric.Namespace, "dimensions": object.get(metric, "Dimensions", [])}
} if {
	alarm.MetricName
}

sources(alarm) := {source |
	some part in object.get(alarm, "Metrics", [])
	metric := part.MetricStat.Metric
	source := {"name": metric.MetricName, "namespace": metric.Namespace, "dimensions": object.get(metric, "Dimensions", [])}
} if {
	not alarm.MetricName
}

# The rule goes off with the alarm alone: it says no AND and no NOT.
made_of(rule, alarm) if {
	not regex.match(`(?i)\b(AND|NOT)\b`, rule)
	plain := regex.replace(rule, `[\s"']`, "")
	some name in {alarm.AlarmName, alarm.AlarmArn}
	contains(upper(plain), upper(sprintf("ALARM(%s)", [regex.replace(name, `[\s"']`, "")])))
}

heard(alarm, region) if {
	alarm.ActionsEnabled == true
	some topic in alarm.AlarmActions
	some subscription in region.facets.sns_subscriptions.items
	subscription.TopicArn == topic
	# One that nobody has confirmed is called `PendingConfirmation`.
	startswith(subscription.SubscriptionArn, "arn:")
}

# The events of which nobody is told, by what tells them apart.
missing(watches, events) := {label(event) |
	some event in events
	not told(watches, event)
}

label(event) := event.label

label(event) := event.eventName if not event.label

told(watches, event) if {
	some watch in watches
	trail.records(watch.grants, event.eventSource, mode(event))
	matches(watch.alternatives, event)
}

holds(term, event) if {
	term.op == "="
	policy.fits(term.value, event[term.field])
}

holds(term, event) if {
	term.op == "!="
	not policy.fits(term.value, event[term.field])
	not policy.anything(term.value)
}

holds(term, event) if {
	term.op == "=~"
	regex.is_valid(term.value)
	regex.match(term.value, event[term.field])
}

holds(term, event) if {
	term.op == "!~"
	regex.is_valid(term.value)
	not regex.match(term.value, object.get(event, term.field, ""))
}

holds(term, event) if {
	term.op == "missing"
	not event[term.field]
}

holds(term, event) if {
	term.op == "exists"
	event[term.field]
}

holds(term, event) if {
	term.op in {"true", "false"}
	event[term.field] == term.op
}

# Why more may be told than is known: then what is missing is not proven to be.
doubts(account, facets, related) := {why |
	some one in trail.known(facets, related)
	one.trail.IsMultiRegionTrail == true
	one.status != "stopped"
	trail.hidden(one)
	why := sprintf("what `%s` records is not known", [one.trail.Name])
} | {why |
	some one in trail.known(facets, related)
	one.trail.IsMultiRegionTrail == true
	one.status == "logging"
	fields := split(one.trail.CloudWatchLogsLogGroupArn, ":")
	fields[4] != account_of(account)
	why := sprintf("`%s` feeds a log group of another account", [one.trail.Name])
} | {why |
	some feed in feeds(account, facets, related)
	count([region | some region in related; region.resource.id == sprintf("%s/%s", [account_of(account), feed.region])]) == 0
	why := sprintf("region %s was not read", [feed.region])
} | {why |
	some feed in feeds(account, facets, related)
	some region in related
	region.resource.id == sprintf("%s/%s", [account_of(account), feed.region])
	some filter in region.facets.metric_filters.items
	filter.logGroupName == feed.group
	filter.understood == false
	why := sprintf("the pattern of the filter `%s` was not understood", [filter.name])
} | {why |
	some feed in feeds(account, facets, related)
	some region in related
	region.resource.id == sprintf("%s/%s", [account_of(account), feed.region])
	some filter in region.facets.metric_filters.items
	filter.logGroupName == feed.group
	some metric in filter.metrics
	some alarm in region.facets.alarms.MetricAlarms
	fires(alarm, metric)
	some topic in alarm.AlarmActions
	contains(topic, ":sns:")
	account_of(topic) != account_of(account)
	why := sprintf("the alarm `%s` writes to a topic of another account", [alarm.AlarmName])
}
