# METADATA
# title: The mail agent takes mail from this host alone
# description: A host that only sends its own notices needs no open SMTP port, through which others could send theirs.
# custom:
#   id: host.mail.local_only
#   kind: host
#   area: network
#   needs: [mail]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.21"]
#     anssi_bp_028: [R74]
#     ssg: [has_nonlocal_mta, postfix_network_listening_disabled]
#   attack: [T1071.003]
#   remediation:
#     text: Set inet_interfaces = loopback-only (postfix) or dc_local_interfaces='127.0.0.1 ; ::1' (exim).
#     command: "if command -v postconf >/dev/null; then postconf -e inet_interfaces=loopback-only && systemctl restart postfix.service; else sed -i \"s/^dc_local_interfaces=.*/dc_local_interfaces='127.0.0.1 ; ::1'/\" /etc/exim4/update-exim4.conf.conf && update-exim4.conf && systemctl restart exim4.service; fi"
package casemate.host.mail.local_only

facts := input.facets.mail

applies if facts.agent != null

compliant if facts.local_only == true

deny contains {"message": sprintf("%s listens on %s; wanted loopback only", [facts.agent, shown]), "evidence": {"agent": facts.agent, "interfaces": facts.interfaces}} if facts.local_only == false

shown := concat(", ", facts.interfaces) if count(facts.interfaces) > 0

shown := "all addresses, its default" if count(facts.interfaces) == 0
