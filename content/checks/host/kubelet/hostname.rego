# METADATA
# title: The kubelet's name is the host's
# description: A name set by hand breaks the link between node, certificate and log.
# custom:
#   id: host.kubelet.hostname
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.7"]
#   remediation:
#     text: Remove --hostname-override, unless the cloud needs it.
package casemate.host.kubelet.hostname

import data.casemate.lib.container

settings := input.facets.config.settings

flags := input.facets.config.flags

override := flags["hostname-override"]

compliant if {
	is_object(flags)
	not override
}

deny contains {"message": sprintf("--hostname-override is %s", [override]), "evidence": {"found": override}} if override
