# METADATA
# title: Modules are signed with a key that the build made or was given
# description: Without a key file the build signs nothing, whatever else is set.
# custom:
#   id: host.kernel_config.module_sig_key
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R18]
#     ssg: [kernel_config_module_sig_key]
#   attack: [T1547.006]
#   remediation:
#     text: Run a kernel whose modules were signed with a key of the build.
package casemate.host.kernel_config.module_sig_key

import data.casemate.lib.kernel

key := kernel.options.CONFIG_MODULE_SIG_KEY

compliant if count(key) > 0

deny contains {"message": "CONFIG_MODULE_SIG_KEY names no key"} if key == ""

deny contains {"message": "the kernel was built without CONFIG_MODULE_SIG_KEY"} if {
	kernel.off("CONFIG_MODULE_SIG_KEY")
}
