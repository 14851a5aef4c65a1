# METADATA
# title: The host takes no journals from others
# description: A receiver that is open lets strangers write into the logs and fill the disk.
# custom:
#   id: host.service.remote_journal
#   kind: host
#   area: logging
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.1.2.1.4"]
#     ssg: [socket_systemd-journal-remote_disabled]
#   attack: [T1565.001]
#   remediation:
#     text: Stop and disable systemd-journal-remote.service, systemd-journal-remote.socket; remove the package if nothing needs it.
#     command: "for unit in systemd-journal-remote.service systemd-journal-remote.socket; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.remote_journal

import data.casemate.lib.unit

names := ["systemd-journal-remote.service", "systemd-journal-remote.socket"]

started := unit.started(input.facets.units, names)

running := unit.running(input.facets, names)

compliant if {
	count(started) == 0
	count(running) == 0
}

deny contains {"message": sprintf("%s starts at boot", [name]), "evidence": {"unit": name, "state": input.facets.units.units[name].state}} if {
	some name in started
}

deny contains {"message": sprintf("%s is running", [name]), "evidence": {"unit": name}} if some name in running
