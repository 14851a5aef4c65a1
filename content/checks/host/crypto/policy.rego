# METADATA
# title: The system-wide crypto policy is not the old one
# description: LEGACY brings back SHA-1 and TLS 1.0 for every program at once.
# custom:
#   id: host.crypto.policy
#   kind: host
#   area: crypto
#   needs: [crypto_policy]
#   severity: medium
#   attack: [T1557]
#   remediation:
#     text: Set it back with update-crypto-policies --set DEFAULT.
#     command: "update-crypto-policies --set DEFAULT"
package casemate.host.crypto.policy

policy := input.facets.crypto_policy.policy

applies if policy != null

base := upper(split(policy, ":")[0]) if is_string(policy)

compliant if base in {"DEFAULT", "FUTURE", "FIPS"}

deny contains {"message": sprintf("the policy is %s; wanted DEFAULT, FUTURE or FIPS", [policy]), "evidence": {"file": "/etc/crypto-policies/config", "found": policy}} if base in {"LEGACY", "EMPTY"}
