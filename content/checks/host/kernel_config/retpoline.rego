# METADATA
# title: Indirect branches are built as retpolines
# description: >-
#   On processors that Spectre v2 reaches, indirect jumps of the kernel must not be predicted from what a program has
#   trained.
# custom:
#   id: host.kernel_config.retpoline
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_retpoline]
#   attack: [T1082]
#   remediation:
#     text: Use a kernel built with CONFIG_RETPOLINE=y.
package casemate.host.kernel_config.retpoline

import data.casemate.lib.kernel

applies if not kernel.not_x86_64

# CONFIG_MITIGATION_RETPOLINE: renamed in 6.9.
options := ["CONFIG_RETPOLINE", "CONFIG_MITIGATION_RETPOLINE"]

compliant if {
	some option in options
	kernel.on(option)
}

deny contains finding if {
	not compliant
	some finding in kernel.must_be_on(options[0])
}
