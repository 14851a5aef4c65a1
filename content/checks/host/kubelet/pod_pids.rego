# METADATA
# title: Pods have a limit of processes
# description: One pod that forks without end takes the node and all its pods with it.
# custom:
#   id: host.kubelet.pod_pids
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.13"]
#   attack: [T1499]
#   remediation:
#     text: Set podPidsLimit, to 4096 say.
package casemate.host.kubelet.pod_pids

import data.casemate.lib.container

settings := input.facets.config.settings

limit := container.number_of(object.get(settings, "podPidsLimit", -1))

compliant if limit > 0

deny contains {"message": sprintf("podPidsLimit is %d, which is no limit", [limit]), "evidence": {"found": limit}} if limit <= 0
