# METADATA
# title: Line disciplines are not loaded on demand
# description: >-
#   Any user can make the kernel load old terminal drivers, some of which had holes that gave root. With 0 only those
#   already loaded can be used.
# custom:
#   id: host.sysctl.ldisc_autoload
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   attack: [T1068]
#   remediation:
#     text: Set dev.tty.ldisc_autoload to 0.
#     command: printf 'dev.tty.ldisc_autoload = 0\n' > /etc/sysctl.d/99-zz-casemate-ldisc-autoload.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(dev[./]tty[./]ldisc_autoload)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ldisc-autoload.conf
package casemate.host.sysctl.ldisc_autoload

import data.casemate.lib.sysctl

names := ["dev.tty.ldisc_autoload"]

wanted := {"values": ["0"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
