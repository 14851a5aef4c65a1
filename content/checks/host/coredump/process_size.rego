# METADATA
# title: systemd does not even read dumps for a backtrace
# description: >-
#   With a size of 0 the memory of a crashed process is thrown away before anything of it reaches the journal.
# custom:
#   id: host.coredump.process_size
#   kind: host
#   area: kernel
#   needs: [limits]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.5.3"]
#     ssg: [coredump_disable_backtraces]
#   attack: [T1003]
#   remediation:
#     text: Set ProcessSizeMax=0 in coredump.conf.
#     command: mkdir -p /etc/systemd/coredump.conf.d && printf '[Coredump]\nProcessSizeMax=0\n' > /etc/systemd/coredump.conf.d/zz-casemate-process-size.conf
package casemate.host.coredump.process_size

limits := input.facets.limits

# Nothing collects dumps where systemd-coredump is not installed.
applies if not absent

absent if limits.systemd_coredump == false

value := limits.coredump.ProcessSizeMax

compliant if {
	limits.systemd_coredump
	lower(value) == "0"
}

deny contains {"message": sprintf("ProcessSizeMax of coredump.conf is `%s`; wanted 0", [value]), "evidence": {"ProcessSizeMax": value}} if {
	lower(value) != "0"
}

deny contains {"message": "coredump.conf does not set ProcessSizeMax, and the default takes processes of gigabytes"} if {
	settings := limits.coredump
	not settings.ProcessSizeMax
}
