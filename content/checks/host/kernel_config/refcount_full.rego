# METADATA
# title: Reference counters cannot overflow
# description: >-
#   A counter that wraps round frees an object which is still in use. Since 5.5 every kernel has the protection and
#   the option is gone.
# custom:
#   id: host.kernel_config.refcount_full
#   kind: host
#   area: kernel
#   needs: [kernel_config, identity]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_refcount_full]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_REFCOUNT_FULL=y.
package casemate.host.kernel_config.refcount_full

import data.casemate.lib.kernel

# Later kernels no longer have the option.
applies if not kernel.since([5, 5])

compliant if {
	kernel.before([5, 5])
	kernel.on("CONFIG_REFCOUNT_FULL")
}

deny contains finding if {
	kernel.before([5, 5])
	some finding in kernel.must_be_on("CONFIG_REFCOUNT_FULL")
}
