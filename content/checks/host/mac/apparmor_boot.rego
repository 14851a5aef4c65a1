# METADATA
# title: The boot loader asks for AppArmor by name
# description: Stated on the command line, AppArmor does not depend on what a kernel takes for its default.
# custom:
#   id: host.mac.apparmor_boot
#   kind: host
#   area: access
#   needs: [boot_loader, identity]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.3.1.2"]
#     anssi_bp_028: [R45]
#     ssg: [grub2_enable_apparmor]
#   attack: [T1562.001]
#   remediation:
#     text: Start the kernel with apparmor=1 security=apparmor.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX apparmor=1 security=apparmor"\n' > /etc/default/grub.d/99-casemate-apparmor.cfg && update-grub
package casemate.host.mac.apparmor_boot

import data.casemate.lib.kernel

applies if not other_family

other_family if {
	family := input.facets.identity.os.family
	not family in {"debian", "suse"}
}

chosen(words) if kernel.last_value(words, "security") == "apparmor"

chosen(words) if "apparmor" in split(kernel.last_value(words, "lsm"), ",")

asked(words) if {
	kernel.last_value(words, "apparmor") == "1"
	chosen(words)
}

running_words := [sprintf("%s=%s", [name, value]) | some name, values in kernel.running; some value in values]

asked_now if {
	kernel.running
	asked(running_words)
}

asked_now if not kernel.live

compliant if {
	input.facets.identity.os.family
	kernel.next_boot_known
	asked_now
	every line in kernel.lines { asked(line.words) }
}

deny contains {"message": "the running kernel was started without apparmor=1 security=apparmor"} if {
	kernel.running
	not asked(running_words)
}

deny contains {"message": sprintf("%s lacks apparmor=1 security=apparmor", [line.place])} if {
	some line in kernel.lines
	not asked(line.words)
}
