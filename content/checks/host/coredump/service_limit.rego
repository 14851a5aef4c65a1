# METADATA
# title: Services leave no core dumps
# description: Services are not started through PAM, so limits.conf does not reach them; systemd's own limit does.
# custom:
#   id: host.coredump.service_limit
#   kind: host
#   area: kernel
#   needs: [limits, identity]
#   severity: low
#   attack: [T1003]
#   remediation:
#     text: Set DefaultLimitCORE=0 for systemd.
#     command: mkdir -p /etc/systemd/system.conf.d && printf '[Manager]\nDefaultLimitCORE=0\n' > /etc/systemd/system.conf.d/zz-casemate-core.conf && systemctl daemon-reexec
package casemate.host.coredump.service_limit

conf := input.facets.limits.system_conf

applies if not other_init

other_init if input.facets.identity.systemd == false

hard_zero(value) if regex.match(`^0(:0)?$`, value)

compliant if {
	input.facets.identity.systemd
	hard_zero(conf.DefaultLimitCORE)
}

deny contains {
	"message": sprintf("DefaultLimitCORE of system.conf is `%s`; wanted 0", [conf.DefaultLimitCORE]),
	"evidence": {"DefaultLimitCORE": conf.DefaultLimitCORE},
} if {
	not hard_zero(conf.DefaultLimitCORE)
}

deny contains {"message": "system.conf sets no DefaultLimitCORE, and the default hard limit is infinite"} if {
	settings := conf
	not settings.DefaultLimitCORE
}
