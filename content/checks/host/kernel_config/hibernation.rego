# METADATA
# title: The host cannot hibernate
# description: >-
#   Hibernation writes all memory, keys included, to disk, and reads back whatever lies there as the running system.
# custom:
#   id: host.kernel_config.hibernation
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R23]
#     ssg: [kernel_config_hibernation]
#   attack: [T1005]
#   remediation:
#     text: Use a kernel built without CONFIG_HIBERNATION.
package casemate.host.kernel_config.hibernation

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_HIBERNATION")

deny contains finding if some finding in kernel.must_be_off("CONFIG_HIBERNATION")
