# METADATA
# title: systemd keeps no core dumps
# description: systemd-coredump catches what the limits let through and keeps it below /var/lib/systemd/coredump.
# custom:
#   id: host.coredump.storage
#   kind: host
#   area: kernel
#   needs: [limits]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.5.3"]
#     ssg: [coredump_disable_storage]
#   attack: [T1003]
#   remediation:
#     text: Set Storage=none in coredump.conf.
#     command: mkdir -p /etc/systemd/coredump.conf.d && printf '[Coredump]\nStorage=none\n' > /etc/systemd/coredump.conf.d/zz-casemate-storage.conf
package casemate.host.coredump.storage

limits := input.facets.limits

# Nothing collects dumps where systemd-coredump is not installed.
applies if not absent

absent if limits.systemd_coredump == false

value := limits.coredump.Storage

compliant if {
	limits.systemd_coredump
	lower(value) == "none"
}

deny contains {"message": sprintf("Storage of coredump.conf is `%s`; wanted none", [value]), "evidence": {"Storage": value}} if {
	lower(value) != "none"
}

deny contains {"message": "coredump.conf does not set Storage, and the default keeps dumps as files"} if {
	settings := limits.coredump
	not settings.Storage
}
