# METADATA
# title: Impossible states are reported
# description: Without BUG() the kernel goes on in a state that its authors thought impossible.
# custom:
#   id: host.kernel_config.bug
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R19]
#     ssg: [kernel_config_bug]
#   remediation:
#     text: Use a kernel built with CONFIG_BUG=y.
package casemate.host.kernel_config.bug

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_BUG")

deny contains finding if some finding in kernel.must_be_on("CONFIG_BUG")
