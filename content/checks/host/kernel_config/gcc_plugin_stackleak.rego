# METADATA
# title: Kernel stacks are wiped after each system call
# description: Leftovers on the stack leak addresses and serve bugs that use uninitialised memory.
# custom:
#   id: host.kernel_config.gcc_plugin_stackleak
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R21]
#     ssg: [kernel_config_gcc_plugin_stackleak]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_GCC_PLUGIN_STACKLEAK=y.
package casemate.host.kernel_config.gcc_plugin_stackleak

import data.casemate.lib.kernel

# CONFIG_KSTACK_ERASE: renamed in 6.17.
options := ["CONFIG_GCC_PLUGIN_STACKLEAK", "CONFIG_KSTACK_ERASE"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
