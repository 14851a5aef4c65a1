# METADATA
# title: No security system is switched off at boot
# description: >-
#   One word on the command line disables mandatory access control or auditing, and no file below /etc shows it.
# custom:
#   id: host.boot.security_not_off
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: high
#   attack: [T1562.001]
#   remediation:
#     text: Take the parameter off the kernel's command line.
package casemate.host.boot.security_not_off

import data.casemate.lib.kernel

words := {
	"selinux=0",
	"apparmor=0",
	"security=none",
	"audit=0",
	"lockdown=none",
	"module.sig_enforce=0",
	"enforcing=0",
}

compliant if kernel.absent_everywhere(words)

deny contains finding if some finding in kernel.present(words)
