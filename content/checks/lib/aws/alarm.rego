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
	rung := metrics_rung(region.facets.alarms, topics_heard(region.facets.sns_subscriptions))
	some filter in region.facets.metric_filters.items
	filter.logGroupName == feed.group
	filter.understood == true
	counts_one_of(filter, rung)
	not noisy(filter.alternatives)
	watch := {"alternatives": filter.alternatives, "grants": feed.grants}
]

counts_one_of(filter, keys) if {
	some metric in filter.metrics
	metric.value != "0"
	# An alarm without dimensions does not see what is counted by dimensions.
	count(metric.dimensions) == 0
	key(metric.namespace, metric.name) in keys
}

key(namespace, name) := sprintf("%s %s", [namespace, name])

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

# Topics to which somebody has subscribed. A subscription that nobody has confirmed is called `PendingConfirmation`.
topics_heard(subscriptions) := {one.TopicArn |
	some one in subscriptions.items
	startswith(one.SubscriptionArn, "arn:")
}

# Metrics whose alarm reaches one of the topics, by itself or by a composite alarm.
metrics_rung(alarms, topics) := {metric |
	some alarm in alarms.MetricAlarms
	acts(alarm, topics)
	some metric in metrics_of(alarm)
} | {metric |
	some composite in alarms.CompositeAlarms
	acts(composite, topics)
	some alarm in alarms.MetricAlarms
	made_of(composite.AlarmRule, alarm)
	some metric in metrics_of(alarm)
}

acts(alarm, topics) if {
	alarm.ActionsEnabled == true
	some topic in alarm.AlarmActions
	topic in topics
}

# What an alarm goes off for when it is counted. One on certain dimensions sees a part of it.
metrics_of(alarm) := {metric |
	startswith(alarm.ComparisonOperator, "GreaterThan")
	some source in array.concat([alarm], [part.MetricStat.Metric | some part in object.get(alarm, "Metrics", [])])
	count(object.get(source, "Dimensions", [])) == 0
	metric := key(source.Namespace, source.MetricName)
}

# The rule goes off with the alarm alone: it says no AND and no NOT.
made_of(rule, alarm) if {
	not regex.match(`(?i)\b(AND|NOT)\b`, rule)
	plain := upper(regex.replace(rule, `[\s"']`, ""))
	some name in [alarm.AlarmName, alarm.AlarmArn]
	contains(plain, upper(sprintf("ALARM(%s)", [regex.replace(name, `[\s"']`, "")])))
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
	one_of(event[term.field], term.values)
}

holds(term, event) if {
	term.op == "!="
	not one_of(event[term.field], term.values)
	every value in term.values { not policy.anything(value) }
}

holds(term, event) if {
	term.op == "=~"
	some value in term.values
	regex.is_valid(value)
	regex.match(value, event[term.field])
}

holds(term, event) if {
	term.op == "!~"
	every value in term.values {
		regex.is_valid(value)
		not regex.match(value, object.get(event, term.field, ""))
	}
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

one_of(text, values) if text in values

one_of(text, values) if {
	some value in values
	contains(value, "*")
	policy.fits(value, text)
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
	elsewhere := {topic |
		some alarm in region.facets.alarms.MetricAlarms
		some topic in alarm.AlarmActions
		contains(topic, ":sns:")
		account_of(topic) != account_of(account)
	}
	count(elsewhere) > 0
	rung := metrics_rung(region.facets.alarms, elsewhere)
	some filter in region.facets.metric_filters.items
	filter.logGroupName == feed.group
	counts_one_of(filter, rung)
	why := sprintf("the filter `%s` rings an alarm whose topic is of another account", [filter.name])
}
