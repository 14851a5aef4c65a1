# METADATA
# title: The journal outlives a reboot
# description: A journal in memory is gone when an intruder, or the power, restarts the machine.
# custom:
#   id: host.logging.journal_persistent
#   kind: host
#   area: logging
#   needs: [logging, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.2.4"]
#     anssi_bp_028: [R71]
#     ssg: [journald_storage]
#   attack: [T1070.002]
#   remediation:
#     text: Set Storage=persistent.
#     command: "mkdir -p /etc/systemd/journald.conf.d && printf '[Journal]\\nStorage=persistent\\n' > /etc/systemd/journald.conf.d/60-casemate-storage.conf && systemctl restart systemd-journald.service"
package casemate.host.logging.journal_persistent

settings := input.facets.logging.journald

# The journal is a part of systemd.
applies if not without

without if input.facets.identity.systemd == false

# journald's own default is `auto`: on disk only if /var/log/journal happens to exist.
storage := lower(object.get(settings, "Storage", "auto"))

compliant if {
	input.facets.identity.systemd
	storage == "persistent"
}

deny contains {"message": sprintf("Storage is %s; wanted persistent", [storage]), "evidence": {"found": storage}} if storage != "persistent"
