# METADATA
# title: The cron daemon is on
# description: "The nightly work of a Debian system hangs on cron: checks of file integrity, rotation, updates."
# custom:
#   id: host.service.cron_runs
#   kind: host
#   area: services
#   needs: [units]
#   needs_if_supported: [units_active]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.4.1.1"]
#     ssg: [package_cron_installed, service_cron_enabled]
#   remediation:
#     text: Install, enable and start cron.
#     command: "apt-get install -y cron && systemctl enable --now cron.service"
package casemate.host.service.cron_runs

import data.casemate.lib.unit

names := ["cron.service", "crond.service"]

present := [name | some name in names; list[name]] if list := input.facets.units.units

good(name) if {
	unit.starts(input.facets.units, name)
	unit.is_up(input.facets, name)
}

compliant if {
	some name in present
	good(name)
}

deny contains {"message": sprintf("%s does not start at boot (%s)", [name, unit.state(input.facets.units, name)]), "evidence": {"unit": name}} if {
	some name in present
	not unit.starts(input.facets.units, name)
	not compliant
}

deny contains {"message": sprintf("%s is not running", [name]), "evidence": {"unit": name}} if {
	some name in present
	unit.is_down(input.facets, name)
	not compliant
}

deny contains {"message": "no cron daemon is installed", "evidence": {"wanted": "cron.service"}} if count(present) == 0
