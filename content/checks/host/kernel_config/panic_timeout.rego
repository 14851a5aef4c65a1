# METADATA
# title: The host restarts after a kernel panic
# description: >-
#   A panic with no timeout leaves the host dead until somebody comes by; a negative value restarts it at once.
# custom:
#   id: host.kernel_config.panic_timeout
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R19]
#     ssg: [kernel_config_panic_timeout]
#   remediation:
#     text: Run a kernel that was built with CONFIG_PANIC_TIMEOUT=-1; kernel.panic sets it at run time.
package casemate.host.kernel_config.panic_timeout

import data.casemate.lib.kernel

value := to_number(kernel.options.CONFIG_PANIC_TIMEOUT) if {
	regex.match(`^-?[0-9]{1,9}$`, kernel.options.CONFIG_PANIC_TIMEOUT)
}

compliant if value != 0

deny contains {"message": "CONFIG_PANIC_TIMEOUT is 0: the host stays down after a panic", "evidence": {"value": value}} if {
	value == 0
}

deny contains {"message": "the kernel was built without CONFIG_PANIC_TIMEOUT"} if kernel.off("CONFIG_PANIC_TIMEOUT")
