# METADATA
# title: The kubelet looks after its packet filter chains
# description: Chains that are missing let pod traffic go where it should not.
# custom:
#   id: host.kubelet.iptables_chains
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.6"]
#   remediation:
#     text: "Remove makeIPTablesUtilChains: false."
package casemate.host.kubelet.iptables_chains

import data.casemate.lib.container

settings := input.facets.config.settings

value := object.get(settings, "makeIPTablesUtilChains", true)

compliant if container.is_true(value)

deny contains {"message": "makeIPTablesUtilChains is false; wanted true", "evidence": {"key": "makeIPTablesUtilChains", "found": object.get(settings, "makeIPTablesUtilChains", null)}} if container.is_false(value)
