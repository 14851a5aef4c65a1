# METADATA
# title: Terminals of the old kind do not exist
# description: BSD pseudo-terminals stand in /dev with fixed names and permissions, free for anybody to take.
# custom:
#   id: host.kernel_config.legacy_ptys
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R23]
#     ssg: [kernel_config_legacy_ptys]
#   remediation:
#     text: Use a kernel built without CONFIG_LEGACY_PTYS.
package casemate.host.kernel_config.legacy_ptys

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_LEGACY_PTYS")

deny contains finding if some finding in kernel.must_be_off("CONFIG_LEGACY_PTYS")
