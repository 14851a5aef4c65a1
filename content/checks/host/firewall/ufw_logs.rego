# METADATA
# title: ufw logs what it drops
# description: Dropped packets are the first sign of somebody looking around.
# custom:
#   id: host.firewall.ufw_logs
#   kind: host
#   area: network
#   needs: [firewall_config]
#   severity: low
#   attack: [T1562.004]
#   remediation:
#     text: Switch the logging on.
#     command: "ufw logging low"
package casemate.host.firewall.ufw_logs

ufw := input.facets.firewall_config.ufw

applies if ufw.enabled == true

level := lower(ufw.log_level) if is_string(ufw.log_level)

# ufw's own default.
level := "low" if {
	ufw.log_level == null
	ufw.enabled == true
}

compliant if level in {"low", "medium", "high", "full"}

deny contains {"message": "logging of ufw is off", "evidence": {"found": level}} if level == "off"
