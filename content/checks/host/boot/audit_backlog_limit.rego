# METADATA
# title: The audit queue holds the events of the boot
# description: >-
#   Until auditd runs, events wait in the kernel. With the default of 64 most of those of the boot are lost.
# custom:
#   id: host.boot.audit_backlog_limit
#   kind: host
#   area: audit
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.1.4"]
#     ssg: [grub2_audit_backlog_limit_argument]
#   attack: [T1562.012]
#   remediation:
#     text: Start the kernel with audit_backlog_limit=8192 or more.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX audit_backlog_limit=8192"\n' > /etc/default/grub.d/99-casemate-audit-backlog-limit.cfg && update-grub
package casemate.host.boot.audit_backlog_limit

import data.casemate.lib.kernel

name := "audit_backlog_limit"

wanted := {"min": 8192}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
