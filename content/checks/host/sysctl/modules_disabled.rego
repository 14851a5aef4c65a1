# METADATA
# title: No kernel module can be loaded after the start
# description: >-
#   Root can otherwise put code into the kernel at any time, and a rootkit made as a module hides from everything that
#   runs on the host. The switch stays on until the next boot.
# custom:
#   id: host.sysctl.modules_disabled
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R10]
#     ssg: [sysctl_kernel_modules_disabled]
#   attack: [T1547.006, T1014]
#   remediation:
#     text: >-
#       Load all modules that the host needs early (modules-load.d), then set kernel.modules_disabled to 1 as the last
#       step of the boot. Try it on a spare host first: whatever needs a module later will fail.
package casemate.host.sysctl.modules_disabled

import data.casemate.lib.sysctl

names := ["kernel.modules_disabled"]

wanted := {"values": ["1"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
