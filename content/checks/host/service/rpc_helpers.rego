# METADATA
# title: The helpers of NFS are off
# description: statd and mountd listen on ports of their own choice, which no packet filter foresees.
# custom:
#   id: host.service.rpc_helpers
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   attack: [T1046]
#   remediation:
#     text: Stop and disable rpc-statd.service, nfs-idmapd.service, nfs-blkmap.service, nfs-mountd.service; remove the package if nothing needs it.
#     command: "for unit in rpc-statd.service nfs-idmapd.service nfs-blkmap.service nfs-mountd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.rpc_helpers

import data.casemate.lib.unit

names := ["rpc-statd.service", "nfs-idmapd.service", "nfs-blkmap.service", "nfs-mountd.service"]

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
