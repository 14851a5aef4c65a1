# METADATA
# title: One daemon keeps the clock right
# description: >-
#   Logs of several machines can be joined only if their clocks agree, and certificates are judged by the clock.
# custom:
#   id: host.time.synchronised
#   kind: host
#   area: time
#   needs: [time_sync, units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.3.1.1", "2.3.2.2", "2.3.3.3"]
#     anssi_bp_028: [R71]
#     disa_stig_ubuntu_22.04: [UBTU-22-215015]
#     disa_stig_ubuntu_24.04: [UBTU-24-100700]
#     ssg:
#       - package_chrony_installed
#       - package_timesyncd_installed
#       - service_chronyd_enabled
#       - service_chronyd_or_ntpd_enabled
#       - service_timesyncd_enabled
#   attack: [T1070.006]
#   remediation:
#     text: Install and start one of systemd-timesyncd and chrony.
#     command: "if systemctl cat chrony.service >/dev/null 2>&1; then systemctl enable --now chrony.service; else apt-get install -y systemd-timesyncd && systemctl enable --now systemd-timesyncd.service; fi"
package casemate.host.time.synchronised

import data.casemate.lib.unit

daemons := ["systemd-timesyncd.service", "chrony.service", "chronyd.service", "ntp.service", "ntpsec.service", "openntpd.service"]

started := unit.started(input.facets.units, daemons)

up := [name |
	some name in started
	unit.is_up(input.facets, name)
] if is_array(started)

known if {
	is_array(input.facets.time_sync.installed)
	unit.activity_known(input.facets)
}

compliant if {
	known
	count(up) > 0
}

deny contains {"message": "no time daemon starts at boot", "evidence": {"installed": input.facets.time_sync.installed}} if {
	known
	count(started) == 0
}

deny contains {"message": sprintf("%s is not running", [concat(", ", started)]), "evidence": {"units": started}} if {
	known
	count(started) > 0
	count(up) == 0
}
