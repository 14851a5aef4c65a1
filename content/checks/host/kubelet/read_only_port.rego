# METADATA
# title: The kubelet has no port without authentication
# description: The read-only port tells strangers every pod with its environment.
# custom:
#   id: host.kubelet.read_only_port
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: high
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.4"]
#   attack: [T1613]
#   remediation:
#     text: "Set readOnlyPort: 0."
package casemate.host.kubelet.read_only_port

import data.casemate.lib.container

settings := input.facets.config.settings

fallback := 0 if is_string(input.facets.config.file)

fallback := 10255 if input.facets.config.file == null

port := container.number_of(object.get(settings, "readOnlyPort", fallback))

compliant if port == 0

deny contains {"message": sprintf("readOnlyPort is %d; wanted 0", [port]), "evidence": {"found": port}} if port != 0
