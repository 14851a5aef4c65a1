# METADATA
# title: Kernel page tables are hidden from programs
# description: >-
#   The answer to Meltdown: programs run with tables that hold next to nothing of the kernel.
# custom:
#   id: host.kernel_config.page_table_isolation
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R25]
#     ssg: [kernel_config_page_table_isolation]
#   attack: [T1082]
#   remediation:
#     text: Use a kernel built with CONFIG_PAGE_TABLE_ISOLATION=y.
package casemate.host.kernel_config.page_table_isolation

import data.casemate.lib.kernel

applies if not kernel.not_x86_64

# CONFIG_MITIGATION_PAGE_TABLE_ISOLATION: renamed in 6.9.
options := ["CONFIG_PAGE_TABLE_ISOLATION", "CONFIG_MITIGATION_PAGE_TABLE_ISOLATION"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
