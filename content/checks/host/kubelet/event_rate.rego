# METADATA
# title: The kubelet reports events without a narrow limit
# description: Events that are dropped are missing when somebody looks for what happened.
# custom:
#   id: host.kubelet.event_rate
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.8"]
#   attack: [T1562.006]
#   params:
#     minimum: {type: int, default: 5, description: least events a second}
#   remediation:
#     text: "Set eventRecordQPS: 50, or 0 for no limit."
package casemate.host.kubelet.event_rate

import data.casemate.lib.container

settings := input.facets.config.settings

rate := container.number_of(object.get(settings, "eventRecordQPS", 50))

# 0 sets no limit at all.
compliant if rate == 0

compliant if rate >= data.params.minimum

deny contains {"message": sprintf("eventRecordQPS is %d; wanted 0 or %d and more", [rate, data.params.minimum]), "evidence": {"found": rate}} if {
	rate != 0
	rate < data.params.minimum
}
