# METADATA
# title: The kubelet does not change the host's kernel settings
# description: Without it the kubelet loosens sysctls that the host's baseline has set.
# custom:
#   id: host.kubelet.kernel_defaults
#   kind: host.kubelet
#   area: containers
#   needs: [config]
#   severity: medium
#   attack: [T1562]
#   remediation:
#     text: "Set protectKernelDefaults: true, and vm.overcommit_memory=1, kernel.panic=10, kernel.panic_on_oops=1."
package casemate.host.kubelet.kernel_defaults

import data.casemate.lib.container

settings := input.facets.config.settings

value := object.get(settings, "protectKernelDefaults", false)

compliant if container.is_true(value)

deny contains {"message": "protectKernelDefaults is false; wanted true", "evidence": {"key": "protectKernelDefaults", "found": object.get(settings, "protectKernelDefaults", null)}} if container.is_false(value)
