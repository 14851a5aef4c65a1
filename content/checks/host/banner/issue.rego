# METADATA
# title: The console shows a notice and not the system's version
# description: The notice tells people that they are watched; the version tells an attacker which exploit to bring.
# custom:
#   id: host.banner.issue
#   kind: host
#   area: access
#   needs: [banners]
#   severity: low
#   frameworks: {cis_debian_12: ["1.6.2"], ssg: [banner_etc_issue_cis]}
#   attack: [T1082]
#   remediation:
#     text: Write a notice to /etc/issue, without the escapes for system and release.
#     command: printf 'Authorised users only. All activity is recorded.\n' > /etc/issue
package casemate.host.banner.issue

banner := input.facets.banners.files["/etc/issue"]

compliant if {
	banner.exists == true
	banner.has_text == true
	banner.tells_version == false
	count(telling) == 0
}

# Files that the console shows after it.
telling := [path |
	some path, file in input.facets.banners.files
	contains(path, "/issue.d/")
	file.tells_version == true
]

deny contains {"message": "/etc/issue has no text", "evidence": {"exists": banner.exists}} if banner.has_text == false

deny contains {"message": "/etc/issue tells which system this is", "evidence": {"text": banner.text}} if {
	banner.tells_version == true
}

deny contains {
	"message": sprintf("%s tells which system this is", [path]),
	"evidence": {"path": path},
} if {
	some path in telling
}
