# METADATA
# title: Modules can carry signatures
# description: Without support for signatures the kernel cannot tell the distribution's modules from a rootkit's.
# custom:
#   id: host.kernel_config.module_sig
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R18]
#     ssg: [kernel_config_module_sig]
#   attack: [T1547.006, T1014]
#   remediation:
#     text: Use a kernel built with CONFIG_MODULE_SIG=y.
package casemate.host.kernel_config.module_sig

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_MODULE_SIG")

deny contains finding if some finding in kernel.must_be_on("CONFIG_MODULE_SIG")
