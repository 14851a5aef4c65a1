# METADATA
# title: The overlay file system is kept out
# description: >-
#   Overlay mounts in user namespaces have given unprivileged users root more than once. Docker, Podman and containerd
#   are built on it: exempt hosts that run them.
# custom:
#   id: host.module.overlayfs
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.6"]
#     ssg: [kernel_module_overlayfs_disabled]
#   attack: [T1068]
#   remediation:
#     text: Block overlay in modprobe.d, and unload it where it is loaded. Not on hosts that run containers.
#     command: printf 'install overlay /bin/false\nblacklist overlay\n' > /etc/modprobe.d/casemate-overlayfs.conf && (modprobe -r overlay 2>/dev/null || true)
package casemate.host.module.overlayfs

import data.casemate.lib.module

name := "overlay"

option := "CONFIG_OVERLAY_FS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
