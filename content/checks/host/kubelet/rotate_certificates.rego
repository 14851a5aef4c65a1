# METADATA
# title: The kubelet renews its client certificate
# description: A certificate that is not renewed takes the node out of the cluster when it ends, or lives far too long.
# custom:
#   id: host.kubelet.rotate_certificates
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.10"]
#   remediation:
#     text: "Set rotateCertificates: true."
package casemate.host.kubelet.rotate_certificates

import data.casemate.lib.container

settings := input.facets.config.settings

# KubeletConfiguration itself says false; kubeadm writes true.
value := object.get(settings, "rotateCertificates", false)

compliant if container.is_true(value)

deny contains {"message": "rotateCertificates is false; wanted true", "evidence": {"found": object.get(settings, "rotateCertificates", null)}} if container.is_false(value)
