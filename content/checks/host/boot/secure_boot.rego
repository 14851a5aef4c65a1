# METADATA
# title: The firmware starts only what is signed
# description: >-
#   Without secure boot, whoever can write to the disk once can put a boot kit below the system that no tool on it
#   will see.
# custom:
#   id: host.boot.secure_boot
#   kind: host
#   area: boot
#   needs: [identity]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R3]
#   attack: [T1542.003]
#   remediation:
#     text: Turn secure boot on in the firmware; Debian's shim, GRUB and kernel are signed.
package casemate.host.boot.secure_boot

host := input.facets.identity

# Containers have no firmware of their own, and an old BIOS knows no secure boot.
applies if not no_firmware

no_firmware if host.machine == "container"

no_firmware if host.uefi == false

compliant if host.secure_boot == true

deny contains {"message": "the firmware is UEFI, but secure boot is off"} if host.secure_boot == false
