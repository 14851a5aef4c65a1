# METADATA
# title: No further binary formats can be registered
# description: >-
#   A registered interpreter runs programs of other formats, with the caller's privileges if it asks for them.
#   Emulated containers and Java launchers use it.
# custom:
#   id: host.kernel_config.binfmt_misc
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R23]
#     ssg: [kernel_config_binfmt_misc]
#   attack: [T1546]
#   remediation:
#     text: Use a kernel built without CONFIG_BINFMT_MISC.
package casemate.host.kernel_config.binfmt_misc

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_BINFMT_MISC")

deny contains finding if some finding in kernel.must_be_off("CONFIG_BINFMT_MISC")
