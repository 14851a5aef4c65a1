# METADATA
# title: No tools for attacks are installed
# description: >-
#   On most servers they are either left over from a test or put there by somebody who needed them. Either way an
#   intruder saves the trouble of bringing their own.
# custom:
#   id: host.packages.offensive_tools
#   kind: host
#   area: software
#   needs: [packages]
#   severity: medium
#   attack: [T1588.002, T1046]
#   params:
#     allow: {type: list, default: [], description: "tools that are wanted, on hosts of the security team"}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' nmap masscan hydra john hashcat aircrack-ng sqlmap nikto ettercap-text-only dsniff medusa metasploit-framework responder bettercap netcat-traditional 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.offensive_tools

import data.casemate.lib.packages

names := {
	"nmap",
	"masscan",
	"hydra",
	"john",
	"hashcat",
	"aircrack-ng",
	"sqlmap",
	"nikto",
	"ettercap-text-only",
	"dsniff",
	"medusa",
	"metasploit-framework",
	"responder",
	"bettercap",
	"netcat-traditional",
}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
