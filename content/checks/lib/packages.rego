# Installed packages, whatever the package manager.
package casemate.lib.packages

installed := input.facets.packages.installed

# Without a manager nothing is known of what is installed, so an empty list proves nothing.
listed if {
	input.facets.packages.manager in {"dpkg", "rpm", "apk"}
	is_object(installed)
}

# Those of `names` that are installed.
present(names) := {name |
	listed
	some name in names
	installed[name]
}

none(names) if {
	listed
	count(present(names)) == 0
}

some_of(names) if {
	listed
	count(present(names)) > 0
}

# A finding for each of `names` that is installed.
unwanted(names) := {finding |
	some name in present(names)
	version := object.get(installed, [name, "version"], "")
	finding := {
		"message": sprintf("%s %s is installed", [name, version]),
		"evidence": {"package": name, "version": version},
	}
}
