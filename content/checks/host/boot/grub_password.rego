# METADATA
# title: Changing boot entries asks for a password
# description: >-
#   Whoever reaches the console can otherwise edit an entry, start a shell as root and pass every login. Entries may
#   stay free to start (`--unrestricted`).
# custom:
#   id: host.boot.grub_password
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.4.1"]
#     anssi_bp_028: [R5]
#     disa_stig_ubuntu_22.04: [UBTU-22-212010]
#     disa_stig_ubuntu_24.04: [UBTU-24-102000]
#     ssg: [grub2_password, grub2_uefi_password]
#   attack: [T1542, T1078]
#   remediation:
#     text: >-
#       Make a hash with grub-mkpasswd-pbkdf2, put `set superusers="root"` and `password_pbkdf2 root HASH` into a
#       script in /etc/grub.d, add --unrestricted to CLASS in 10_linux, and run update-grub.
package casemate.host.boot.grub_password

loader := input.facets.boot_loader

# Containers, hypervisors that start the kernel themselves, and systemd-boot have no such password.
applies if not without_grub

without_grub if loader.loader != "grub"

compliant if loader.password_set == true

deny contains {"message": "grub.cfg sets no superuser with a password"} if loader.password_set == false

deny contains {"message": "GRUB is installed, but there is no grub.cfg that could set a password"} if {
	loader.loader == "grub"
	loader.password_set == null
}
