# METADATA
# title: The renewal of the serving certificate is not switched off
# description: The feature is on by itself; only somebody who switches it off loses it.
# custom:
#   id: host.kubelet.rotate_server_certificate
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.11"]
#   remediation:
#     text: Remove the feature gate.
package casemate.host.kubelet.rotate_server_certificate

import data.casemate.lib.container

settings := input.facets.config.settings

gate := object.get(settings, "featureGates.RotateKubeletServerCertificate", true)

compliant if container.is_true(gate)

deny contains {"message": "featureGates.RotateKubeletServerCertificate is false", "evidence": {"found": gate}} if container.is_false(gate)
