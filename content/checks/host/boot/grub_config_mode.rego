# METADATA
# title: grub.cfg is for root alone
# description: >-
#   The file may hold the hash of the boot password, and shows which protections the kernel starts without. Nobody but
#   root has to read it.
# custom:
#   id: host.boot.grub_config_mode
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.4.2"]
#     anssi_bp_028: [R29]
#     ssg: [file_owner_grub2_cfg, file_groupowner_grub2_cfg, file_permissions_grub2_cfg]
#   attack: [T1542]
#   remediation:
#     text: Give grub.cfg to root with mode 600.
#     command: chown root:root /boot/grub/grub.cfg && chmod u-x,go-rwx /boot/grub/grub.cfg
package casemate.host.boot.grub_config_mode

config := input.facets.boot_loader.config

path := input.facets.boot_loader.config_path

applies if not missing

missing if config.exists == false

private if bits.and(config.bits, 63) == 0

by_root if {
	config.uid == 0
	config.gid == 0
}

compliant if {
	config.exists
	private
	by_root
}

deny contains {
	"message": sprintf("%s has mode %s; wanted 600", [path, config.mode]),
	"evidence": {"path": path, "mode": config.mode},
} if {
	config.exists
	bits.and(config.bits, 63) != 0
}

deny contains {
	"message": sprintf("%s belongs to user %d and group %d; wanted root", [path, config.uid, config.gid]),
	"evidence": {"path": path, "uid": config.uid, "gid": config.gid},
} if {
	config.exists
	[config.uid, config.gid] != [0, 0]
}
