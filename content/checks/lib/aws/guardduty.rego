# Which plans of protection a detector has.
package casemate.lib.aws.guardduty

# The status of a feature: `ENABLED`, `DISABLED`. One that the list leaves out is off; without a list nothing is known.
status(configuration, name) := [feature.Status | some feature in configuration.Features; feature.Name == name][0]

status(configuration, name) := "DISABLED" if {
	is_array(configuration.Features)
	count([feature | some feature in configuration.Features; feature.Name == name]) == 0
}

# A detector that is off protects nothing, whatever its features say.
on(configuration, name) if {
	configuration.Status == "ENABLED"
	status(configuration, name) == "ENABLED"
}

off(configuration, _) if configuration.Status == "DISABLED"

off(configuration, name) if status(configuration, name) == "DISABLED"

# The status of a part of a feature.
part(configuration, name, extra) if {
	some feature in configuration.Features
	feature.Name == name
	some one in feature.AdditionalConfiguration
	one.Name == extra
	one.Status == "ENABLED"
}
