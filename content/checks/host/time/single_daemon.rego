# METADATA
# title: Only one time daemon is on
# description: Two daemons pull the clock to and fro.
# custom:
#   id: host.time.single_daemon
#   kind: host
#   area: time
#   needs: [units]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.3.1.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-215020, UBTU-22-215025]
#     disa_stig_ubuntu_24.04: [UBTU-24-100010, UBTU-24-100020]
#     ssg:
#       - ntp_single_service_active
#       - package_ntp_removed
#       - package_timesyncd_removed
#       - service_chronyd_disabled
#       - service_timesyncd_disabled
#   remediation:
#     text: Disable all time daemons but one.
#     command: "if systemctl -q is-enabled chrony.service; then systemctl disable --now systemd-timesyncd.service; fi"
package casemate.host.time.single_daemon

import data.casemate.lib.unit

# chronyd.service is another name of chrony.service on Debian.
groups := {
	"systemd-timesyncd": ["systemd-timesyncd.service"],
	"chrony": ["chrony.service", "chronyd.service"],
	"ntp": ["ntp.service", "ntpsec.service", "ntpd.service"],
	"openntpd": ["openntpd.service"],
}

on := [name |
	some name, units in groups
	count(unit.started(input.facets.units, units)) > 0
] if is_object(input.facets.units.units)

compliant if count(on) <= 1

deny contains {"message": sprintf("%s are all on", [concat(", ", on)]), "evidence": {"daemons": on}} if count(on) > 1
