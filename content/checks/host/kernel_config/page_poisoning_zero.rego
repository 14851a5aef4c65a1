# METADATA
# title: Freed pages are overwritten with zeros
# description: >-
#   Zeros leave no usable pointer behind. Since 5.11 page poisoning has a fixed pattern and init_on_free takes this
#   part.
# custom:
#   id: host.kernel_config.page_poisoning_zero
#   kind: host
#   area: kernel
#   needs: [kernel_config, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_page_poisoning_zero]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_PAGE_POISONING_ZERO=y.
package casemate.host.kernel_config.page_poisoning_zero

import data.casemate.lib.kernel

# Later kernels no longer have the option.
applies if not kernel.since([5, 11])

compliant if {
	kernel.before([5, 11])
	kernel.on("CONFIG_PAGE_POISONING_ZERO")
}

deny contains finding if {
	kernel.before([5, 11])
	some finding in kernel.must_be_on("CONFIG_PAGE_POISONING_ZERO")
}
