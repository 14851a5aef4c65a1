# METADATA
# title: Strangers get no answer from the kubelet
# description: Without a name and a password the kubelet would still run commands in its pods for whoever asks.
# custom:
#   id: host.kubelet.anonymous
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: critical
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.1"]
#   attack: [T1609, T1190]
#   remediation:
#     text: "Set authentication.anonymous.enabled: false."
package casemate.host.kubelet.anonymous

import data.casemate.lib.container

settings := input.facets.config.settings

# With a configuration file the default is false; with flags alone it is true.
fallback := false if is_string(input.facets.config.file)

fallback := true if input.facets.config.file == null

value := object.get(settings, "authentication.anonymous.enabled", fallback)

compliant if container.is_false(value)

deny contains {"message": "authentication.anonymous.enabled is true; wanted false", "evidence": {"found": object.get(settings, "authentication.anonymous.enabled", null)}} if container.is_true(value)
