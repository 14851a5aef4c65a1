# METADATA
# title: Modules are signed over a strong hash
# description: >-
#   A signature is worth as much as its hash: SHA-1 can be made to collide.
# custom:
#   id: host.kernel_config.module_sig_hash
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R18]
#     ssg: [kernel_config_module_sig_hash, kernel_config_module_sig_sha512]
#   attack: [T1547.006]
#   remediation:
#     text: Run a kernel that was built with CONFIG_MODULE_SIG_SHA512.
package casemate.host.kernel_config.module_sig_hash

import data.casemate.lib.kernel

strong := {"sha384", "sha512", "sha3-384", "sha3-512"}

compliant if kernel.options.CONFIG_MODULE_SIG_HASH in strong

deny contains {
	"message": sprintf("modules are signed over %s; wanted sha512 or as strong", [hash]),
	"evidence": {"option": "CONFIG_MODULE_SIG_HASH", "value": hash},
} if {
	hash := kernel.options.CONFIG_MODULE_SIG_HASH
	not hash in strong
}

deny contains {"message": "modules are not signed: CONFIG_MODULE_SIG_HASH is not set"} if {
	kernel.off("CONFIG_MODULE_SIG_HASH")
}
