# What CloudTrail's trails record. For checks of the account, which need its facets `trails` and
# `foreign_trails_status` and are related to its trails (`trail`, `status`, `selectors`).
package casemate.lib.aws.trail

# Every trail that sees the account: its own, read at home, and those of other accounts, whose selectors it may not
# read. `status` and `granting` are there where they are known.
known(facets, related) := [one |
	some trail in facets.trails.items
	one := {
		"trail": trail,
		"status": concat("", [word | some word in words(trail.TrailARN, facets, related)]),
		"management": [set | some set in management_of(trail, related)],
		"selectors_known": selectors_known(trail, related),
	}
]

# `logging` or `stopped`; nothing where it is not known.
words(arn, facets, related) := {word |
	some one in related
	one.resource.id == arn
	word := word_of(one.facets.status)
} | {word |
	some one in facets.foreign_trails_status.items
	one.of.TrailARN == arn
	word := word_of(one)
}

word_of(status) := "logging" if status.IsLogging == true

word_of(status) := "stopped" if status.IsLogging == false

# Without selectors of its own a trail records all management events.
selectors_known(trail, _) if trail.HasCustomEventSelectors == false

selectors_known(trail, related) if {
	some one in related
	one.resource.id == trail.TrailARN
	is_object(one.facets.selectors)
}

selectors_known(trail, related) := false if {
	not trail.HasCustomEventSelectors == false
	count([one | some one in related; one.resource.id == trail.TrailARN]) == 0
}

management_of(trail, _) := [{"modes": {"read", "write"}, "without": set()}] if trail.HasCustomEventSelectors == false

management_of(trail, related) := [grant |
	some one in related
	one.resource.id == trail.TrailARN
	some grant in management(one.facets.selectors)
] if {
	not trail.HasCustomEventSelectors == false
}

# What selectors record of management events: the modes, and the sources that are left out.
management(selectors) := array.concat(
	[{"modes": modes(one.ReadWriteType), "without": {source | some source in object.get(one, "ExcludeManagementEventSources", [])}} |
		some one in selectors.EventSelectors
		one.IncludeManagementEvents == true
	],
	[{"modes": advanced_modes(fields), "without": {source | some source in object.get(fields.eventSource, "NotEquals", [])}} |
		some one in selectors.AdvancedEventSelectors
		fields := by_name(one)
		"Management" in fields.eventCategory.Equals
		# A selector that names what it wants, by name or by user, records little of the whole.
		count({name | some name, _ in fields} - {"eventCategory", "readOnly", "eventSource"}) == 0
		excludes_only(fields.eventSource)
	],
)

# Fields that a selector does not name are empty.
by_name(selector) := object.union(
	{"eventSource": {}, "readOnly": {}},
	{field.Field: field | some field in selector.FieldSelectors},
)

excludes_only(field) if count([name | some name, values in field; name != "Field"; name != "NotEquals"; count(values) > 0]) == 0

modes("All") := {"read", "write"}

modes("ReadOnly") := {"read"}

modes("WriteOnly") := {"write"}

advanced_modes(fields) := {"read", "write"} if count(object.get(fields.readOnly, "Equals", [])) == 0

advanced_modes(fields) := {mode |
	some value in fields.readOnly.Equals
	mode := {"true": "read", "false": "write"}[lower(value)]
} if {
	count(object.get(fields.readOnly, "Equals", [])) > 0
}

# More may be true of the trail than is known.
hidden(one) if one.status == ""

hidden(one) if one.selectors_known == false

# The grants together record reads and writes; `may_lack`: sources that may be left out.
records_all(grants, may_lack) if {
	every mode in {"read", "write"} {
		some grant in grants
		mode in grant.modes
		every source in grant.without { source in may_lack }
	}
}

# The grants record an event of this source and mode.
records(grants, source, mode) if {
	some grant in grants
	mode in grant.modes
	not source in grant.without
}

# What selectors record of the objects of all buckets.
objects(selectors) := union(
	{modes(one.ReadWriteType) |
		some one in selectors.EventSelectors
		some resource in one.DataResources
		resource.Type == "AWS::S3::Object"
		some value in resource.Values
		regex.match(`^arn:[^:]+:s3(:::)?$`, value)
	} | {advanced_modes(fields) |
		some one in selectors.AdvancedEventSelectors
		fields := by_name(one)
		"Data" in fields.eventCategory.Equals
		"AWS::S3::Object" in fields["resources.type"].Equals
		count({name | some name, _ in fields} - {"eventCategory", "readOnly", "eventSource", "resources.type"}) == 0
		count(fields.eventSource) == 0
	},
)
