# METADATA
# title: ACPI methods cannot be replaced at run time
# description: A replaced method runs with the kernel's rights, so it takes root past a locked-down kernel.
# custom:
#   id: host.kernel_config.acpi_custom_method
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_acpi_custom_method]
#   attack: [T1014]
#   remediation:
#     text: Use a kernel built without CONFIG_ACPI_CUSTOM_METHOD.
package casemate.host.kernel_config.acpi_custom_method

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_ACPI_CUSTOM_METHOD")

deny contains finding if some finding in kernel.must_be_off("CONFIG_ACPI_CUSTOM_METHOD")
