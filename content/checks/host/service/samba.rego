# METADATA
# title: Samba is off
# description: File shares are where ransomware and worms go from one machine to the next.
# custom:
#   id: host.service.samba
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.14"]
#     ssg: [service_smb_disabled]
#   attack: [T1021.002]
#   remediation:
#     text: Stop and disable smbd.service, nmbd.service, samba-ad-dc.service, winbind.service; remove the package if nothing needs it.
#     command: "for unit in smbd.service nmbd.service samba-ad-dc.service winbind.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.samba

import data.casemate.lib.unit

names := ["smbd.service", "nmbd.service", "samba-ad-dc.service", "winbind.service"]

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
