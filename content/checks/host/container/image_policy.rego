# METADATA
# title: Images are checked before they run
# description: insecureAcceptAnything runs whatever a registry, or somebody in between, hands over.
# custom:
#   id: host.container.image_policy
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: medium
#   attack: [T1195.002]
#   remediation:
#     text: Set the default to reject and list the registries with their keys.
package casemate.host.container.image_policy

config := input.facets.config

applies if config.engine in {"podman", "crio"}

compliant if config.image_policy in {"reject", "signedBy", "sigstoreSigned"}

deny contains {"message": "the default policy is insecureAcceptAnything", "evidence": {"file": "/etc/containers/policy.json", "found": config.image_policy}} if config.image_policy == "insecureAcceptAnything"

deny contains {"message": "there is no /etc/containers/policy.json", "evidence": {"file": "/etc/containers/policy.json"}} if config.image_policy == null
