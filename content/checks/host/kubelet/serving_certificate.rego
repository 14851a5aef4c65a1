# METADATA
# title: The kubelet serves with a certificate of the cluster
# description: With a certificate of its own making, the API server cannot tell the kubelet from somebody in between.
# custom:
#   id: host.kubelet.serving_certificate
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.9"]
#   attack: [T1557]
#   remediation:
#     text: "Set serverTLSBootstrap: true, or tlsCertFile and tlsPrivateKeyFile."
package casemate.host.kubelet.serving_certificate

import data.casemate.lib.container

settings := input.facets.config.settings

both if {
	object.get(settings, "tlsCertFile", "") != ""
	object.get(settings, "tlsPrivateKeyFile", "") != ""
}

# The other way: the cluster signs one and it is renewed by itself.
rotated if container.is_true(object.get(settings, "serverTLSBootstrap", false))

compliant if {
	both
	is_object(settings)
}

compliant if rotated

deny contains {"message": "neither tlsCertFile with tlsPrivateKeyFile nor serverTLSBootstrap is set", "evidence": {"tlsCertFile": object.get(settings, "tlsCertFile", null)}} if {
	is_object(settings)
	not both
	not rotated
}
