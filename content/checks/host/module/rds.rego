# METADATA
# title: The RDS protocol is kept out
# description: RDS serves Oracle clusters. Its sockets have been a stepping stone to root for local users.
# custom:
#   id: host.module.rds
#   kind: host
#   area: network
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["3.2.3"]
#     ssg: [kernel_module_rds_disabled]
#   attack: [T1068]
#   remediation:
#     text: Block rds in modprobe.d, and unload it where it is loaded.
#     command: printf 'install rds /bin/false\nblacklist rds\n' > /etc/modprobe.d/casemate-rds.conf && (modprobe -r rds 2>/dev/null || true)
package casemate.host.module.rds

import data.casemate.lib.module

name := "rds"

option := "CONFIG_RDS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
