# METADATA
# title: No FTP server runs
# description: FTP carries passwords and files in clear text.
# custom:
#   id: host.service.ftp_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.6"]
#     ssg: [service_vsftpd_disabled]
#   attack: [T1040]
#   remediation:
#     text: Stop and disable vsftpd.service, proftpd.service, pure-ftpd.service; remove the package if nothing needs it.
#     command: "for unit in vsftpd.service proftpd.service pure-ftpd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.ftp_server

import data.casemate.lib.unit

names := ["vsftpd.service", "proftpd.service", "pure-ftpd.service"]

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
