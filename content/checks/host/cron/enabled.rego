# METADATA
# title: The cron daemon starts at boot
# description: Log rotation, integrity checks and backups depend on it in many installations.
# custom:
#   id: host.cron.enabled
#   kind: host
#   area: services
#   needs: [cron, units]
#   severity: low
#   frameworks: {cis_debian_12: ["2.4.1.1"], ssg: [package_cron_installed, service_cron_enabled]}
#   remediation:
#     text: Install cron and enable its unit.
#     command: DEBIAN_FRONTEND=noninteractive apt-get install -y cron && systemctl enable --now cron.service
package casemate.host.cron.enabled

names := ["cron.service", "crond.service", "cronie.service", "fcron.service"]

started contains name if {
	some name in names
	input.facets.units.units[name].state in {"enabled", "static", "generated", "alias"}
}

compliant if {
	input.facets.cron.cron_installed == true
	count(started) > 0
}

deny contains {"message": "no cron daemon is installed", "evidence": {"cron_installed": false}} if {
	input.facets.units.units
	input.facets.cron.cron_installed == false
}

deny contains {"message": "no unit of a cron daemon is enabled", "evidence": {"units": names}} if {
	input.facets.units.units
	input.facets.cron.cron_installed == true
	count(started) == 0
}
