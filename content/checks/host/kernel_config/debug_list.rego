# METADATA
# title: Linked lists are checked at every change
# description: Corrupting a list is the usual way to turn a stray write into a chosen one.
# custom:
#   id: host.kernel_config.debug_list
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R16]
#     ssg: [kernel_config_debug_list]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_DEBUG_LIST=y.
package casemate.host.kernel_config.debug_list

import data.casemate.lib.kernel

# CONFIG_LIST_HARDENED: a cheaper form of the same check, since 6.6.
options := ["CONFIG_DEBUG_LIST", "CONFIG_LIST_HARDENED"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
