# METADATA
# title: The journal is sent with a key of its own
# description: Without TLS and a certificate the receiver cannot know whose journal it takes, and the path can read it.
# custom:
#   id: host.logging.journal_upload_tls
#   kind: host
#   area: logging
#   needs: [logging]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.2.1.2"]
#     ssg: [systemd_journal_upload_server_tls, systemd_journal_upload_url]
#   attack: [T1557]
#   remediation:
#     text: Set URL=https://…, ServerKeyFile, ServerCertificateFile and TrustedCertificateFile in journal-upload.conf.
package casemate.host.logging.journal_upload_tls

settings := input.facets.logging.journal_upload

applies if count(settings) > 0

wanted := ["URL", "ServerKeyFile", "ServerCertificateFile", "TrustedCertificateFile"]

missing := [key |
	some key in wanted
	object.get(settings, key, "") == ""
] if is_object(settings)

clear if startswith(lower(settings.URL), "http://")

compliant if {
	count(missing) == 0
	not clear
}

deny contains {"message": sprintf("%s is not set in journal-upload.conf", [key]), "evidence": {"key": key}} if some key in missing

deny contains {"message": "the journal goes out without TLS", "evidence": {"url": settings.URL}} if clear
