# METADATA
# title: Changes of host name and network files are recorded
# description: A new host name or a line in hosts sends traffic, and the log of it, somewhere else.
# custom:
#   id: host.audit.network_environment
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.5"]
#     anssi_bp_028: [R73]
#     ssg: [audit_rules_networkconfig_modification]
#   attack: [T1565.001]
#   remediation:
#     text: Record sethostname and setdomainname for both architectures, and watch the files that name the host and its networks.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S sethostname,setdomainname -k system-locale' '-a always,exit -F arch=b32 -S sethostname,setdomainname -k system-locale' '-w /etc/issue -p wa -k system-locale' '-w /etc/issue.net -p wa -k system-locale' '-w /etc/hosts -p wa -k system-locale' '-w /etc/networks -p wa -k system-locale' '-w /etc/network -p wa -k system-locale' > /etc/audit/rules.d/50-casemate-network-environment.rules) && augenrules --load"
package casemate.host.audit.network_environment

import data.casemate.lib.audit

calls := ["sethostname", "setdomainname"]

paths := ["/etc/issue", "/etc/issue.net", "/etc/hosts", "/etc/networks", "/etc/network"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), false)

unwatched := audit.unwatched(input.facets.audit_rules, paths)

compliant if {
	count(missing) == 0
	count(unwatched) == 0
}

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in unwatched
}
