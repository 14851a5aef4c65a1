# METADATA
# title: The processor's guards against running and reading program memory are left on
# description: >-
#   SMEP and SMAP stop the kernel from running or touching memory of programs by mistake. Exploits would have to work
#   around them first.
# custom:
#   id: host.boot.smep_smap
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R1]
#     ssg: [grub2_nosmep_argument_absent, grub2_nosmap_argument_absent]
#   attack: [T1068]
#   remediation:
#     text: Take nosmep and nosmap off the kernel's command line.
package casemate.host.boot.smep_smap

import data.casemate.lib.kernel

words := {
	"nosmep",
	"nosmap",
	"clearcpuid=smep",
	"clearcpuid=smap",
}

compliant if kernel.absent_everywhere(words)

deny contains finding if some finding in kernel.present(words)
