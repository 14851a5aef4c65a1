# METADATA
# title: The vsyscall page is gone
# description: >-
#   The page lies at the same address in every program, so it hands gadgets to exploits. Only C libraries from before
#   2013 call it.
# custom:
#   id: host.kernel_config.legacy_vsyscall
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_legacy_vsyscall_none, kernel_config_legacy_vsyscall_emulate, kernel_config_legacy_vsyscall_xonly]
#   attack: [T1068]
#   remediation:
#     text: Start the kernel with vsyscall=none, or run one that was built with CONFIG_LEGACY_VSYSCALL_NONE.
package casemate.host.kernel_config.legacy_vsyscall

import data.casemate.lib.kernel

applies if not kernel.not_x86_64

open := ["CONFIG_LEGACY_VSYSCALL_EMULATE", "CONFIG_LEGACY_VSYSCALL_XONLY"]

compliant if {
	kernel.on("CONFIG_LEGACY_VSYSCALL_NONE")
	every option in open { kernel.off(option) }
}

deny contains finding if {
	some option in open
	some finding in kernel.must_be_off(option)
}

deny contains finding if some finding in kernel.must_be_on("CONFIG_LEGACY_VSYSCALL_NONE")
