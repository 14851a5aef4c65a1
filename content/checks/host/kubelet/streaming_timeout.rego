# METADATA
# title: Idle sessions into pods end
# description: A forgotten shell or port forward stays open for whoever takes over the machine at its other end.
# custom:
#   id: host.kubelet.streaming_timeout
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.5"]
#   remediation:
#     text: Set streamingConnectionIdleTimeout to some hours at most.
package casemate.host.kubelet.streaming_timeout

import data.casemate.lib.container

settings := input.facets.config.settings

value := sprintf("%v", [object.get(settings, "streamingConnectionIdleTimeout", "4h0m0s")])

never if regex.match(`^(0[hms]?)+$`, value)

some_time if regex.match(`^([0-9]+(h|m|s|ms))+$`, value)

compliant if {
	some_time
	not never
}

deny contains {"message": "streamingConnectionIdleTimeout is 0, so sessions never end", "evidence": {"found": value}} if never
