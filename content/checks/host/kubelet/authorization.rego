# METADATA
# title: The kubelet asks the API server who may do what
# description: AlwaysAllow lets everybody who has any certificate run commands in every pod.
# custom:
#   id: host.kubelet.authorization
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: critical
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.2"]
#   attack: [T1609]
#   remediation:
#     text: "Set authorization.mode: Webhook."
package casemate.host.kubelet.authorization

import data.casemate.lib.container

settings := input.facets.config.settings

fallback := "Webhook" if is_string(input.facets.config.file)

fallback := "AlwaysAllow" if input.facets.config.file == null

value := object.get(settings, "authorization.mode", fallback)

modes := {trim_space(mode) | some mode in split(value, ",")} if is_string(value)

compliant if {
	count(modes) > 0
	not "AlwaysAllow" in modes
}

deny contains {"message": "authorization.mode is AlwaysAllow; wanted Webhook", "evidence": {"found": object.get(settings, "authorization.mode", null)}} if "AlwaysAllow" in modes
