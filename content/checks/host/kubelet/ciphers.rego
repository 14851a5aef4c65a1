# METADATA
# title: The kubelet uses strong ciphers alone
# description: >-
#   CBC and RSA key exchange can be attacked by whoever stands between; forward secrecy is what protects recordings.
# custom:
#   id: host.kubelet.ciphers
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.12"]
#   attack: [T1557]
#   remediation:
#     text: "Set tlsCipherSuites to ECDHE with GCM or ChaCha20, or tlsMinVersion: VersionTLS13."
package casemate.host.kubelet.ciphers

import data.casemate.lib.container

settings := input.facets.config.settings

strong := {
	"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
}

named := object.get(settings, "tlsCipherSuites", [])

suites := named if is_array(named)

suites := [trim_space(suite) | some suite in split(named, ",")] if is_string(named)

newest if object.get(settings, "tlsMinVersion", "") == "VersionTLS13"

bad := [suite | some suite in suites; not suite in strong]

compliant if newest

compliant if {
	count(suites) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s is allowed", [suite]), "evidence": {"suite": suite}} if {
	not newest
	some suite in bad
}

deny contains {"message": "tlsCipherSuites is not set, so weaker ones are allowed", "evidence": {"found": []}} if {
	not newest
	count(suites) == 0
}
