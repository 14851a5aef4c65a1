# METADATA
# title: No IMAP or POP server runs
# description: A mailbox server takes passwords from the network all day; a host without mailboxes needs none.
# custom:
#   id: host.service.imap_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.8"]
#     ssg: [service_dovecot_disabled]
#   attack: [T1110]
#   remediation:
#     text: Stop and disable dovecot.service, dovecot.socket, cyrus-imapd.service, courier-imap.service, courier-pop.service; remove the package if nothing needs it.
#     command: "for unit in dovecot.service dovecot.socket cyrus-imapd.service courier-imap.service courier-pop.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.imap_server

import data.casemate.lib.unit

names := ["dovecot.service", "dovecot.socket", "cyrus-imapd.service", "courier-imap.service", "courier-pop.service"]

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
