# METADATA
# title: The kernel cannot start another one
# description: kexec takes root past the boot loader and its checks. Crash dumps with kdump need it.
# custom:
#   id: host.kernel_config.kexec
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R23]
#     ssg: [kernel_config_kexec]
#   attack: [T1014]
#   remediation:
#     text: Use a kernel built without CONFIG_KEXEC.
package casemate.host.kernel_config.kexec

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_KEXEC")

deny contains finding if some finding in kernel.must_be_off("CONFIG_KEXEC")
