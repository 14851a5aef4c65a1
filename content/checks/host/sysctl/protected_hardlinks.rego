# METADATA
# title: Nobody can hard-link files that they may not write
# description: >-
#   With a hard link anybody can keep an old set-user-id program after its update, or have root change the owner of a
#   file meant to stay closed.
# custom:
#   id: host.sysctl.protected_hardlinks
#   kind: host
#   area: filesystem
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R14]
#     ssg: [sysctl_fs_protected_hardlinks]
#   attack: [T1068]
#   remediation:
#     text: Set fs.protected_hardlinks to 1.
#     command: printf 'fs.protected_hardlinks = 1\n' > /etc/sysctl.d/99-zz-casemate-protected-hardlinks.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(fs[./]protected_hardlinks)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-protected-hardlinks.conf
package casemate.host.sysctl.protected_hardlinks

import data.casemate.lib.sysctl

names := ["fs.protected_hardlinks"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
