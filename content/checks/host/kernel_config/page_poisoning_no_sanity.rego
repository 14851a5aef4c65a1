# METADATA
# title: Page poisoning skips the costly check
# description: >-
#   Overwriting is what protects; reading each page back on reuse costs time. Since 5.11 the option is gone.
# custom:
#   id: host.kernel_config.page_poisoning_no_sanity
#   kind: host
#   area: kernel
#   needs: [kernel_config, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_page_poisoning_no_sanity]
#   remediation:
#     text: Use a kernel built with CONFIG_PAGE_POISONING_NO_SANITY=y.
package casemate.host.kernel_config.page_poisoning_no_sanity

import data.casemate.lib.kernel

# Later kernels no longer have the option.
applies if not kernel.since([5, 11])

compliant if {
	kernel.before([5, 11])
	kernel.on("CONFIG_PAGE_POISONING_NO_SANITY")
}

deny contains finding if {
	kernel.before([5, 11])
	some finding in kernel.must_be_on("CONFIG_PAGE_POISONING_NO_SANITY")
}
