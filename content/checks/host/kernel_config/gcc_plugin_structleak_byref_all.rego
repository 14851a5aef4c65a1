# METADATA
# title: Everything passed by reference is initialised
# description: The stronger mode covers whatever may leave the function by an address.
# custom:
#   id: host.kernel_config.gcc_plugin_structleak_byref_all
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R21]
#     ssg: [kernel_config_gcc_plugin_structleak_byref_all]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_GCC_PLUGIN_STRUCTLEAK_BYREF_ALL=y.
package casemate.host.kernel_config.gcc_plugin_structleak_byref_all

import data.casemate.lib.kernel

# CONFIG_INIT_STACK_ALL_ZERO: zeroes every variable, which is more.
options := ["CONFIG_GCC_PLUGIN_STRUCTLEAK_BYREF_ALL", "CONFIG_INIT_STACK_ALL_ZERO"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
