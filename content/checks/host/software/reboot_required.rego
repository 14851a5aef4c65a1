# METADATA
# title: No update waits for a restart
# description: >-
#   A kernel or library that is mended on disk only runs after a restart; until then the old one with its hole does.
# custom:
#   id: host.software.reboot_required
#   kind: host
#   area: software
#   needs: [updates]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R61]
#   attack: [T1068]
#   remediation:
#     text: Restart the host at the next occasion.
package casemate.host.software.reboot_required

updates := input.facets.updates

compliant if updates.reboot_required == false

deny contains {
	"message": sprintf("a restart is due%s", [reason]),
	"evidence": {"packages": object.get(updates, "reboot_packages", [])},
} if {
	updates.reboot_required == true
}

default reason := ""

reason := sprintf(": %s asked for it", [concat(", ", updates.reboot_packages)]) if count(updates.reboot_packages) > 0
