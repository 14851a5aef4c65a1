# METADATA
# title: The boot opens no root shell without a password
# description: >-
#   Left-overs of a rescue: with them whoever restarts the host, or finds console nine, is root.
# custom:
#   id: host.boot.no_shell_at_boot
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: critical
#   attack: [T1078]
#   remediation:
#     text: Take the parameter off the kernel's command line and see who put it there.
package casemate.host.boot.no_shell_at_boot

import data.casemate.lib.kernel

words := {
	"init=/bin/sh",
	"init=/bin/bash",
	"init=/usr/bin/sh",
	"init=/usr/bin/bash",
	"rd.break",
	"systemd.debug_shell",
	"systemd.debug_shell=1",
	"systemd.debug-shell",
	"systemd.debug-shell=1",
}

compliant if kernel.absent_everywhere(words)

deny contains finding if some finding in kernel.present(words)
