# METADATA
# title: Freed pages can be overwritten
# description: Data of a freed page must not reach the next owner. The kernel parameter page_poison switches it on.
# custom:
#   id: host.kernel_config.page_poisoning
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_page_poisoning]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_PAGE_POISONING=y.
package casemate.host.kernel_config.page_poisoning

import data.casemate.lib.kernel

# CONFIG_INIT_ON_FREE_DEFAULT_ON: clears freed memory always.
options := ["CONFIG_PAGE_POISONING", "CONFIG_INIT_ON_FREE_DEFAULT_ON"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
