# METADATA
# title: Processes are audited from the first one on
# description: >-
#   Whatever starts before auditd escapes the audit trail for its whole life, unless the kernel was told to audit from
#   the beginning.
# custom:
#   id: host.boot.audit
#   kind: host
#   area: audit
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.1.3"]
#     disa_stig_ubuntu_22.04: [UBTU-22-212015]
#     disa_stig_ubuntu_24.04: [UBTU-24-102010]
#     ssg: [grub2_audit_argument]
#   attack: [T1562.012]
#   remediation:
#     text: Start the kernel with audit=1.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX audit=1"\n' > /etc/default/grub.d/99-casemate-audit.cfg && update-grub
package casemate.host.boot.audit

import data.casemate.lib.kernel

name := "audit"

wanted := {"values": ["1"]}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
