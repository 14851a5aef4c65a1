# METADATA
# title: No protection against processor weaknesses is switched off
# description: >-
#   Somebody once wanted the speed back. Any program, a script in a browser or a guest machine may then read the
#   memory of others.
# custom:
#   id: host.boot.mitigations_not_off
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R8]
#   attack: [T1082, T1562]
#   remediation:
#     text: Take the parameter out of /etc/default/grub, run update-grub and restart.
package casemate.host.boot.mitigations_not_off

import data.casemate.lib.kernel

words := {
	"mitigations=off",
	"nopti",
	"pti=off",
	"nospectre_v1",
	"nospectre_v2",
	"spectre_v2=off",
	"spectre_v2_user=off",
	"nospec_store_bypass_disable",
	"spec_store_bypass_disable=off",
	"l1tf=off",
	"mds=off",
	"tsx_async_abort=off",
	"mmio_stale_data=off",
	"retbleed=off",
	"srbds=off",
	"gather_data_sampling=off",
	"reg_file_data_sampling=off",
	"spec_rstack_overflow=off",
	"spectre_bhi=off",
	"kvm.nx_huge_pages=off",
	"no_entry_flush",
	"no_uaccess_flush",
	"ssbd=force-off",
	"kpti=0",
	"nokaslr",
}

compliant if kernel.absent_everywhere(words)

deny contains finding if some finding in kernel.present(words)
