# METADATA
# title: No package is half installed or half removed
# description: >-
#   A package in the middle of an installation is neither updated nor whole; one removed with its configuration left
#   leaves accounts, units and cron jobs behind.
# custom:
#   id: host.software.residual_packages
#   kind: host
#   area: software
#   needs: [packages]
#   severity: low
#   remediation:
#     text: Finish the installation (`dpkg --configure -a`) or purge what is left.
#     command: dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | awk '$1 == "rc" {print $2}' | xargs -r apt-get purge -y
package casemate.host.software.residual_packages

import data.casemate.lib.packages

residual := input.facets.packages.residual

compliant if {
	packages.listed
	count(residual) == 0
}

deny contains {"message": sprintf("%s is not wholly installed or removed", [name]), "evidence": {"package": name}} if {
	packages.listed
	some name in residual
}
