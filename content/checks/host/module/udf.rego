# METADATA
# title: The UDF file system is kept out
# description: >-
#   UDF is for DVDs and similar discs. Azure hands provisioning data to a machine on such a disc: exempt machines
#   there.
# custom:
#   id: host.module.udf
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.8"]
#     ssg: [kernel_module_udf_disabled]
#   remediation:
#     text: >-
#       Block udf in modprobe.d, and unload it where it is loaded. Not on Azure, which provisions machines by a UDF
#       disc.
#     command: printf 'install udf /bin/false\nblacklist udf\n' > /etc/modprobe.d/casemate-udf.conf && (modprobe -r udf 2>/dev/null || true)
package casemate.host.module.udf

import data.casemate.lib.module

name := "udf"

option := "CONFIG_UDF_FS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
