# METADATA
# title: The notice to remote users does not tell the version
# description: sshd sends it to everybody who connects, before they have logged in.
# custom:
#   id: host.banner.issue_net
#   kind: host
#   area: access
#   needs: [banners]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.6.3"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255020]
#     disa_stig_ubuntu_24.04: [UBTU-24-200640]
#     ssg: [banner_etc_issue_net_cis, banner_etc_issue_net]
#   attack: [T1082]
#   remediation:
#     text: Write a notice to /etc/issue.net, without the name and release of the system.
#     command: printf 'Authorised users only. All activity is recorded.\n' > /etc/issue.net
package casemate.host.banner.issue_net

banner := input.facets.banners.files["/etc/issue.net"]

compliant if {
	banner.exists == true
	banner.has_text == true
	banner.tells_version == false
}

deny contains {
	"message": "/etc/issue.net has no text",
	"evidence": {"exists": banner.exists},
} if banner.has_text == false

deny contains {"message": "/etc/issue.net tells which system this is", "evidence": {"text": banner.text}} if {
	banner.tells_version == true
}
