# METADATA
# title: No IMAP or POP server is installed
# description: Access to mail means logins from everywhere, and so guessing of passwords from everywhere.
# custom:
#   id: host.packages.imap_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_dovecot_removed]
#   attack: [T1110]
#   params:
#     allow: {type: list, default: [], description: mail servers that are wanted}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' dovecot-core cyrus-imapd courier-imap 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.imap_server

import data.casemate.lib.packages

names := {"dovecot-core", "cyrus-imapd", "courier-imap", "dovecot"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
