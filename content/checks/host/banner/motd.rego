# METADATA
# title: /etc/motd does not tell the version
# description: A user whose account was taken over need not be told which kernel to look up.
# custom:
#   id: host.banner.motd
#   kind: host
#   area: access
#   needs: [banners]
#   severity: low
#   frameworks: {cis_debian_12: ["1.6.1"], ssg: [banner_etc_motd_cis]}
#   attack: [T1082]
#   remediation:
#     text: Remove name and release of the system from /etc/motd.
package casemate.host.banner.motd

banner := input.facets.banners.files["/etc/motd"]

compliant if banner.tells_version == false

deny contains {"message": "/etc/motd tells which system this is", "evidence": {"text": banner.text}} if {
	banner.tells_version == true
}
