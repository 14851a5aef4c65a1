# METADATA
# title: ufw slows down those who knock often
# description: A limit on SSH takes the speed out of guessing passwords.
# custom:
#   id: host.firewall.ufw_limits
#   kind: host
#   area: network
#   needs: [firewall_config]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-251025]
#     disa_stig_ubuntu_24.04: [UBTU-24-600200]
#     ssg: [ufw_rate_limit]
#   attack: [T1110]
#   remediation:
#     text: Limit SSH instead of allowing it.
#     command: "ufw limit OpenSSH"
package casemate.host.firewall.ufw_limits

ufw := input.facets.firewall_config.ufw

applies if ufw.enabled == true

limited := [rule | some rule in ufw.rules; regex.match(` limit( |$)`, rule)] if is_array(ufw.rules)

compliant if count(limited) > 0

deny contains {"message": "no rule of ufw limits the rate of connections", "evidence": {"rules": ufw.rules}} if count(limited) == 0
