# METADATA
# title: Modules without a valid signature are refused
# description: >-
#   Checking a signature and loading the module all the same only leaves a mark in the log. Secure boot with lockdown
#   has the same effect at run time.
# custom:
#   id: host.kernel_config.module_sig_force
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R18]
#     ssg: [kernel_config_module_sig_force]
#   attack: [T1547.006, T1014]
#   remediation:
#     text: Use a kernel built with CONFIG_MODULE_SIG_FORCE=y.
package casemate.host.kernel_config.module_sig_force

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_MODULE_SIG_FORCE")

deny contains finding if some finding in kernel.must_be_on("CONFIG_MODULE_SIG_FORCE")
