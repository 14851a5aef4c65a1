# METADATA
# title: No interface obeys or sends ICMP redirects by a setting of its own
# description: >-
#   A value for `all` or `default` leaves interfaces as they are that were up before. For redirects the setting of the
#   interface is enough to turn them on.
# custom:
#   id: host.sysctl.interface_redirects
#   kind: host
#   area: network
#   needs: [sysctl_running]
#   severity: medium
#   attack: [T1557]
#   remediation:
#     text: Set the value for every interface now, and for `all` and `default` in a file for the next boot.
#     command: for f in /proc/sys/net/ipv[46]/conf/*/accept_redirects /proc/sys/net/ipv4/conf/*/send_redirects; do echo 0 > "$f"; done
package casemate.host.sysctl.interface_redirects

running := input.facets.sysctl_running.values

# net.ipv4.conf.eth0.send_redirects, as parts.
open contains name if {
	some name, value in running
	value != "0"
	startswith(name, "net.ipv")
	parts := split(name, ".")
	count(parts) == 5
	parts[2] == "conf"
	parts[4] in {"accept_redirects", "send_redirects"}
	not parts[3] in {"all", "default", "lo"}
}

compliant if {
	running["net.ipv4.conf.all.accept_redirects"]
	count(open) == 0
}

deny contains {"message": sprintf("%s is `%s` now; wanted 0", [name, running[name]]), "evidence": {"parameter": name}} if {
	some name in open
}
