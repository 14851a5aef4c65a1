# METADATA
# title: Code of modules is read-only and their data cannot run
# description: Modules deserve the same separation as the kernel itself, since they run with the same rights.
# custom:
#   id: host.kernel_config.strict_module_rwx
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R18]
#     ssg: [kernel_config_strict_module_rwx]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_STRICT_MODULE_RWX=y.
package casemate.host.kernel_config.strict_module_rwx

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_STRICT_MODULE_RWX")

deny contains finding if some finding in kernel.must_be_on("CONFIG_STRICT_MODULE_RWX")
