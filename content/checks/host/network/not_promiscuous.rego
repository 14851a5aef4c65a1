# METADATA
# title: No interface takes in the traffic of others
# description: >-
#   An interface in promiscuous mode is how passwords are picked from the wire; only bridges and monitors need it.
# custom:
#   id: host.network.not_promiscuous
#   kind: host
#   area: network
#   needs: [network]
#   severity: medium
#   attack: [T1040]
#   params:
#     allow: {type: list, default: [], description: "interfaces that may be promiscuous, such as ports of a bridge"}
#   remediation:
#     text: Find the program that listens (ss -0 -p), then switch the mode off.
package casemate.host.network.not_promiscuous

found := input.facets.network.promiscuous

allowed := {name | some name in data.params.allow}

odd := [name | some name in found; not name in allowed] if is_array(found)

compliant if count(odd) == 0

deny contains {"message": sprintf("%s is in promiscuous mode", [name]), "evidence": {"interface": name}} if some name in odd
