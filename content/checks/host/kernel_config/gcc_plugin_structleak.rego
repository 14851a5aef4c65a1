# METADATA
# title: Structures on the stack are initialised
# description: A structure copied to a program with gaps never filled in carries kernel memory along.
# custom:
#   id: host.kernel_config.gcc_plugin_structleak
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R21]
#     ssg: [kernel_config_gcc_plugin_structleak]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_GCC_PLUGIN_STRUCTLEAK=y.
package casemate.host.kernel_config.gcc_plugin_structleak

import data.casemate.lib.kernel

# CONFIG_INIT_STACK_ALL_ZERO: zeroes every variable, which is more.
options := ["CONFIG_GCC_PLUGIN_STRUCTLEAK", "CONFIG_INIT_STACK_ALL_ZERO"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
