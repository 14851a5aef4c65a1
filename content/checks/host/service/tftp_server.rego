# METADATA
# title: No TFTP server runs
# description: TFTP asks nobody who they are.
# custom:
#   id: host.service.tftp_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: high
#   frameworks:
#     cis_debian_12: ["2.1.16"]
#     anssi_bp_028: [R62]
#     ssg: [service_tftp_disabled]
#   attack: [T1105]
#   remediation:
#     text: Stop and disable tftpd-hpa.service, atftpd.service, tftp.socket; remove the package if nothing needs it.
#     command: "for unit in tftpd-hpa.service atftpd.service tftp.socket; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.tftp_server

import data.casemate.lib.unit

names := ["tftpd-hpa.service", "atftpd.service", "tftp.socket"]

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
