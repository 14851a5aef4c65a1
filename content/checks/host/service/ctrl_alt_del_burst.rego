# METADATA
# title: Pressing Ctrl-Alt-Del often does not force a restart
# description: Seven times within two seconds restarts at once, even where the key itself is masked.
# custom:
#   id: host.service.ctrl_alt_del_burst
#   kind: host
#   area: services
#   needs: [units]
#   severity: low
#   attack: [T1529]
#   remediation:
#     text: Set CtrlAltDelBurstAction=none.
#     command: "mkdir -p /etc/systemd/system.conf.d && printf '[Manager]\\nCtrlAltDelBurstAction=none\\n' > /etc/systemd/system.conf.d/60-casemate-burst.conf && systemctl daemon-reexec"
package casemate.host.service.ctrl_alt_del_burst

facts := input.facets.units

compliant if {
	is_string(facts.ctrl_alt_del_burst)
	lower(facts.ctrl_alt_del_burst) == "none"
}

found := "reboot-force, the default" if facts.ctrl_alt_del_burst == null

found := facts.ctrl_alt_del_burst if facts.ctrl_alt_del_burst != null

deny contains {"message": sprintf("CtrlAltDelBurstAction is %s; wanted none", [found]), "evidence": {"found": facts.ctrl_alt_del_burst}} if {
	found
	not compliant
}
