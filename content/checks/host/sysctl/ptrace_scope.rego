# METADATA
# title: A process may not trace any other process of its user
# description: >-
#   Without Yama's restriction, one compromised program reads passwords and keys out of the memory of every other
#   program of the same user, the SSH agent included.
# custom:
#   id: host.sysctl.ptrace_scope
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.5.2"]
#     anssi_bp_028: [R11]
#     ssg: [sysctl_kernel_yama_ptrace_scope]
#   attack: [T1055.008, T1003.007]
#   params:
#     allowed: {type: list, default: ["1", "2", "3"], description: scopes that are strict enough; 3 cannot be undone without a reboot}
#   remediation:
#     text: Set kernel.yama.ptrace_scope to 1, or to 2 where nobody debugs.
#     command: printf 'kernel.yama.ptrace_scope = 1\n' > /etc/sysctl.d/99-zz-casemate-ptrace-scope.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]yama[./]ptrace_scope)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ptrace-scope.conf
package casemate.host.sysctl.ptrace_scope

import data.casemate.lib.sysctl

names := ["kernel.yama.ptrace_scope"]

wanted := {"values": data.params.allowed}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)

deny contains {"message": "this kernel has no Yama, so every process may trace all others of its user"} if {
	sysctl.lacking(names[0])
}
