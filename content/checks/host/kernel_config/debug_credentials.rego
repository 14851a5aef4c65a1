# METADATA
# title: The kernel checks its records of credentials
# description: >-
#   An exploit that swaps the credentials of a process stumbles over the check. Kernels since 6.7 no longer have it.
# custom:
#   id: host.kernel_config.debug_credentials
#   kind: host
#   area: kernel
#   needs: [kernel_config, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R16]
#     ssg: [kernel_config_debug_credentials]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_DEBUG_CREDENTIALS=y.
package casemate.host.kernel_config.debug_credentials

import data.casemate.lib.kernel

# Later kernels no longer have the option.
applies if not kernel.since([6, 7])

compliant if {
	kernel.before([6, 7])
	kernel.on("CONFIG_DEBUG_CREDENTIALS")
}

deny contains finding if {
	kernel.before([6, 7])
	some finding in kernel.must_be_on("CONFIG_DEBUG_CREDENTIALS")
}
