# METADATA
# title: Unprivileged users cannot make user namespaces
# description: >-
#   A user namespace makes anybody root inside it and so opens parts of the kernel that were written for root only:
#   most local kernel exploits of recent years start with one. Rootless containers and browsers' sandboxes need them.
# custom:
#   id: host.sysctl.unprivileged_userns
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   attack: [T1068, T1611]
#   remediation:
#     text: Set kernel.unprivileged_userns_clone to 0 where no rootless containers run.
#     command: printf 'kernel.unprivileged_userns_clone = 0\n' > /etc/sysctl.d/99-zz-casemate-unprivileged-userns.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]unprivileged_userns_clone)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-unprivileged-userns.conf
package casemate.host.sysctl.unprivileged_userns

import data.casemate.lib.sysctl

names := ["kernel.unprivileged_userns_clone"]

wanted := {"values": ["0"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
