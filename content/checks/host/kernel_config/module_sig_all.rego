# METADATA
# title: All modules are signed when the kernel is built
# description: A module that the build forgot could not be loaded once signatures are enforced.
# custom:
#   id: host.kernel_config.module_sig_all
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R18]
#     ssg: [kernel_config_module_sig_all]
#   attack: [T1547.006]
#   remediation:
#     text: Use a kernel built with CONFIG_MODULE_SIG_ALL=y.
package casemate.host.kernel_config.module_sig_all

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_MODULE_SIG_ALL")

deny contains finding if some finding in kernel.must_be_on("CONFIG_MODULE_SIG_ALL")
