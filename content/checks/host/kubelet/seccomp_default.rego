# METADATA
# title: Pods run with the runtime's filter of system calls
# description: Without it a pod that says nothing about seccomp may make every call, the ones of escapes too.
# custom:
#   id: host.kubelet.seccomp_default
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: medium
#   attack: [T1611]
#   remediation:
#     text: "Set seccompDefault: true."
package casemate.host.kubelet.seccomp_default

import data.casemate.lib.container

settings := input.facets.config.settings

value := object.get(settings, "seccompDefault", false)

compliant if container.is_true(value)

deny contains {"message": "seccompDefault is false; wanted true", "evidence": {"key": "seccompDefault", "found": object.get(settings, "seccompDefault", null)}} if container.is_false(value)
