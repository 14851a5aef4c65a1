# METADATA
# title: Idle shells end
# description: A forgotten root shell waits for whoever sits down next.
# custom:
#   id: host.login_policy.tmout
#   kind: host
#   area: access
#   needs: [login_policy]
#   severity: low
#   frameworks:
#     cis_debian_12: ["5.4.3.2"]
#     anssi_bp_028: [R32]
#     disa_stig_ubuntu_22.04: [UBTU-22-412030]
#     disa_stig_ubuntu_24.04: [UBTU-24-200060]
#     ssg: [accounts_tmout]
#   params:
#     most: {type: int, default: 900, description: most seconds of idleness}
#   remediation:
#     text: Set TMOUT read-only and exported in a file of /etc/profile.d.
#     command: printf 'TMOUT=900\nreadonly TMOUT\nexport TMOUT\n' > /etc/profile.d/60-casemate-tmout.sh && chmod 644 /etc/profile.d/60-casemate-tmout.sh
package casemate.host.login_policy.tmout

timeouts := input.facets.login_policy.timeouts

fits(timeout) if {
	timeout.seconds >= 1
	timeout.seconds <= data.params.most
	timeout.readonly == true
	timeout.exported == true
}

compliant if {
	count(timeouts) > 0
	every timeout in timeouts {
		fits(timeout)
	}
}

deny contains {
	"message": sprintf(
		"TMOUT is %v, read-only: %v, exported: %v (%s:%d); wanted 1 to %d, both true",
		[timeout.seconds, timeout.readonly, timeout.exported, timeout.file, timeout.line, data.params.most],
	),
	"evidence": timeout,
} if {
	some timeout in timeouts
	not fits(timeout)
}

deny contains {
	"message": "no start-up file of a shell sets TMOUT",
	"evidence": {"timeouts": []},
} if count(timeouts) == 0
