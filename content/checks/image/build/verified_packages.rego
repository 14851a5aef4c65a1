# METADATA
# title: No step switches off the verification of what it fetches
# description: >-
#   A flag that was set to get around a proxy or an expired key lets anybody on the way put packages into the image.
# custom:
#   id: image.build.verified_packages
#   kind: image
#   area: image
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_docker: ["4.11"]
#   attack: [T1557, T1195.002]
#   remediation:
#     text: >-
#       Install the certificate or key that is missing, and remove the flag.
package casemate.image.build.verified_packages

import data.casemate.lib.image

# An image that does not tell its steps has none to judge.
applies if not image.silent

what := "verification was switched off"

patterns := [
	`--(allow-unauthenticated|force-yes|nogpgcheck|no-gpg-checks|allow-untrusted|no-check-certificate|trusted-host|no-verify-ssl)\b`,
	`\bcurl\s([^;&|]*\s)?(-[a-zA-Z]*k[a-zA-Z]*|--insecure)(\s|$)`,
	`(?i)(GIT_SSL_NO_VERIFY|NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)=["]?(1|0|true)`,
	`(?i)(sslverify[ =]+(false|0)|strict-ssl[ =]+false|Acquire::AllowInsecureRepositories[ =]+"?(true|1)|Verify-Peer[ =]+"?(false|0))`,
]

bad := image.matching(patterns)

compliant if {
	image.told
	count(bad) == 0
}

deny contains {"message": sprintf("%s: %s", [what, substring(step, 0, 200)]), "evidence": {"step": step}} if some step in bad
