# METADATA
# title: Speculation past stores is off for sandboxed programs
# description: >-
#   Spectre v4 lets a script in a sandbox read memory around it. `seccomp` protects the sandboxed, `on` everybody.
# custom:
#   id: host.boot.spec_store_bypass_disable
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_spec_store_bypass_disable_argument]
#   attack: [T1082]
#   params:
#     allowed: {type: list, default: ["seccomp", "on"], description: accepted modes}
#   remediation:
#     text: Start the kernel with spec_store_bypass_disable=seccomp.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX spec_store_bypass_disable=seccomp"\n' > /etc/default/grub.d/99-casemate-spec-store-bypass-disable.cfg && update-grub
package casemate.host.boot.spec_store_bypass_disable

import data.casemate.lib.kernel

name := "spec_store_bypass_disable"

wanted := {"values": data.params.allowed}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
