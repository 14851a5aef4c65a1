# METADATA
# title: Ordinary users cannot pause the kernel with userfaultfd
# description: >-
#   Handling page faults in user space lets an exploit stop the kernel in the middle of an operation for as long as it
#   likes, which turns narrow races into sure hits.
# custom:
#   id: host.sysctl.unprivileged_userfaultfd
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   attack: [T1068]
#   remediation:
#     text: Set vm.unprivileged_userfaultfd to 0.
#     command: printf 'vm.unprivileged_userfaultfd = 0\n' > /etc/sysctl.d/99-zz-casemate-unprivileged-userfaultfd.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(vm[./]unprivileged_userfaultfd)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-unprivileged-userfaultfd.conf
package casemate.host.sysctl.unprivileged_userfaultfd

import data.casemate.lib.sysctl

names := ["vm.unprivileged_userfaultfd"]

wanted := {"values": ["0"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
