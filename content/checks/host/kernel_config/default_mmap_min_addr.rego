# METADATA
# title: The kernel protects low addresses from the first moment
# description: >-
#   The built-in bound holds before any sysctl is read: 64 KiB on x86, 32 KiB on ARM.
# custom:
#   id: host.kernel_config.default_mmap_min_addr
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R25, R27]
#     ssg: [kernel_config_default_mmap_min_addr]
#   attack: [T1068]
#   remediation:
#     text: >-
#       Run a kernel that was built with CONFIG_DEFAULT_MMAP_MIN_ADDR=65536; vm.mmap_min_addr raises it at run time.
package casemate.host.kernel_config.default_mmap_min_addr

import data.casemate.lib.kernel

value := to_number(kernel.options.CONFIG_DEFAULT_MMAP_MIN_ADDR) if {
	regex.match(`^[0-9]{1,12}$`, kernel.options.CONFIG_DEFAULT_MMAP_MIN_ADDR)
}

default minimum := 65536

minimum := 32768 if kernel.arm64

compliant if value >= minimum

deny contains {
	"message": sprintf("CONFIG_DEFAULT_MMAP_MIN_ADDR is %d; wanted %d or more", [value, minimum]),
	"evidence": {"value": value},
} if value < minimum

deny contains {"message": "the kernel was built without CONFIG_DEFAULT_MMAP_MIN_ADDR"} if {
	kernel.off("CONFIG_DEFAULT_MMAP_MIN_ADDR")
}
