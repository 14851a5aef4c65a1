# METADATA
# title: Symbolic links in shared directories are followed only by their owner
# description: >-
#   The classic attack on temporary files: a link in /tmp sends a write of root to a file of the attacker's choice.
# custom:
#   id: host.sysctl.protected_symlinks
#   kind: host
#   area: filesystem
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R14]
#     ssg: [sysctl_fs_protected_symlinks]
#   attack: [T1068]
#   remediation:
#     text: Set fs.protected_symlinks to 1.
#     command: printf 'fs.protected_symlinks = 1\n' > /etc/sysctl.d/99-zz-casemate-protected-symlinks.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(fs[./]protected_symlinks)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-protected-symlinks.conf
package casemate.host.sysctl.protected_symlinks

import data.casemate.lib.sysctl

names := ["fs.protected_symlinks"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
