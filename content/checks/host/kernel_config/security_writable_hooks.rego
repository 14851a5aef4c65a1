# METADATA
# title: Hooks of security modules are read-only
# description: >-
#   A writable table of hooks can be emptied by an exploit, and with it every access check of the module. SELinux's
#   disabling at run time needed it.
# custom:
#   id: host.kernel_config.security_writable_hooks
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R20]
#     ssg: [kernel_config_security_writable_hooks]
#   attack: [T1562.001]
#   remediation:
#     text: Use a kernel built without CONFIG_SECURITY_WRITABLE_HOOKS.
package casemate.host.kernel_config.security_writable_hooks

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_SECURITY_WRITABLE_HOOKS")

deny contains finding if some finding in kernel.must_be_off("CONFIG_SECURITY_WRITABLE_HOOKS")
