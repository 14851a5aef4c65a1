# METADATA
# title: Yama is built in
# description: Yama is what restricts ptrace between processes of one user.
# custom:
#   id: host.kernel_config.security_yama
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R20]
#     ssg: [kernel_config_security_yama]
#   attack: [T1055.008]
#   remediation:
#     text: Use a kernel built with CONFIG_SECURITY_YAMA=y.
package casemate.host.kernel_config.security_yama

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SECURITY_YAMA")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SECURITY_YAMA")
