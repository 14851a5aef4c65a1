# METADATA
# title: The boot gathers extra entropy
# description: >-
#   Machines of the same kind go through the same first seconds. Values mixed in at run time make their random numbers
#   differ sooner.
# custom:
#   id: host.kernel_config.gcc_plugin_latent_entropy
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R21]
#     ssg: [kernel_config_gcc_plugin_latent_entropy]
#   remediation:
#     text: Use a kernel built with CONFIG_GCC_PLUGIN_LATENT_ENTROPY=y.
package casemate.host.kernel_config.gcc_plugin_latent_entropy

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_GCC_PLUGIN_LATENT_ENTROPY")

deny contains finding if some finding in kernel.must_be_on("CONFIG_GCC_PLUGIN_LATENT_ENTROPY")
