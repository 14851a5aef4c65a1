# METADATA
# title: Kernel memory cannot be read through /proc/kcore
# description: >-
#   Root, or whoever tricks a root process into reading a file, gets all memory by it. Some debuggers need it.
# custom:
#   id: host.kernel_config.proc_kcore
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_proc_kcore]
#   attack: [T1003]
#   remediation:
#     text: Use a kernel built without CONFIG_PROC_KCORE.
package casemate.host.kernel_config.proc_kcore

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_PROC_KCORE")

deny contains finding if some finding in kernel.must_be_off("CONFIG_PROC_KCORE")
