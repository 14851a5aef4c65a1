# METADATA
# title: Processes can give up system calls
# description: Sandboxes of browsers, containers and services rest on it.
# custom:
#   id: host.kernel_config.seccomp
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R20]
#     ssg: [kernel_config_seccomp]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_SECCOMP=y.
package casemate.host.kernel_config.seccomp

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SECCOMP")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SECCOMP")
