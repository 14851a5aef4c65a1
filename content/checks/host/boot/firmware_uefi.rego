# METADATA
# title: The host starts by UEFI
# description: Secure boot and measured boot exist with UEFI only.
# custom:
#   id: host.boot.firmware_uefi
#   kind: host
#   area: boot
#   needs: [identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R3]
#   attack: [T1542]
#   remediation:
#     text: Install the host anew in UEFI mode, or choose UEFI for the virtual machine.
package casemate.host.boot.firmware_uefi

host := input.facets.identity

applies if not container

container if host.machine == "container"

compliant if host.uefi == true

deny contains {"message": "the host was started by a BIOS, so secure boot is out of reach"} if host.uefi == false
