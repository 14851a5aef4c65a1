# METADATA
# title: No NFS server runs
# description: NFS trusts the user ids that clients claim, unless Kerberos is added.
# custom:
#   id: host.service.nfs_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.9"]
#     disa_stig_ubuntu_24.04: [UBTU-24-100050]
#     ssg: [service_nfs_disabled]
#   attack: [T1039]
#   remediation:
#     text: Stop and disable nfs-server.service, nfs-kernel-server.service; remove the package if nothing needs it.
#     command: "for unit in nfs-server.service nfs-kernel-server.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.nfs_server

import data.casemate.lib.unit

names := ["nfs-server.service", "nfs-kernel-server.service"]

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
