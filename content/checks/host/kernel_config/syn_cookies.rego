# METADATA
# title: SYN cookies are built in
# description: Without them the sysctl that turns them on does not exist.
# custom:
#   id: host.kernel_config.syn_cookies
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R22]
#     ssg: [kernel_config_syn_cookies]
#   attack: [T1499.001]
#   remediation:
#     text: Use a kernel built with CONFIG_SYN_COOKIES=y.
package casemate.host.kernel_config.syn_cookies

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SYN_COOKIES")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SYN_COOKIES")
