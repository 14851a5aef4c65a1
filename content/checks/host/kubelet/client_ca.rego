# METADATA
# title: The kubelet knows its clients by certificates
# description: Without an authority for clients the kubelet cannot tell the API server from somebody else.
# custom:
#   id: host.kubelet.client_ca
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: high
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.3"]
#   attack: [T1557]
#   remediation:
#     text: Set authentication.x509.clientCAFile.
package casemate.host.kubelet.client_ca

import data.casemate.lib.container

settings := input.facets.config.settings

value := object.get(settings, "authentication.x509.clientCAFile", "")

compliant if {
	is_string(value)
	value != ""
}

deny contains {"message": "authentication.x509.clientCAFile is not set", "evidence": {"found": null}} if value == ""
