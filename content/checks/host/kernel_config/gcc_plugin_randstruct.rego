# METADATA
# title: Sensitive structures have a random layout
# description: >-
#   Exploits carry the offsets of fields in them. Since a distribution publishes its seed, this helps kernels built at
#   home most.
# custom:
#   id: host.kernel_config.gcc_plugin_randstruct
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R21]
#     ssg: [kernel_config_gcc_plugin_randstruct]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_GCC_PLUGIN_RANDSTRUCT=y.
package casemate.host.kernel_config.gcc_plugin_randstruct

import data.casemate.lib.kernel

# CONFIG_RANDSTRUCT_FULL: the same by another compiler.
options := ["CONFIG_GCC_PLUGIN_RANDSTRUCT", "CONFIG_RANDSTRUCT_FULL"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
