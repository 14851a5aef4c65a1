# METADATA
# title: podman and CRI-O use no registry without TLS
# description: An image fetched in clear text can be exchanged on its way.
# custom:
#   id: host.container.podman_registries
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: high
#   attack: [T1195.002, T1557]
#   remediation:
#     text: Remove insecure = true for the registry in registries.conf.
package casemate.host.container.podman_registries

config := input.facets.config

applies if config.engine in {"podman", "crio", "containerd"}

found := config.insecure_registries

bad := [registry | some registry in found; not startswith(registry, "localhost"); not startswith(registry, "127.")] if is_array(found)

compliant if count(bad) == 0

deny contains {"message": sprintf("%s is used without TLS", [registry]), "evidence": {"registry": registry}} if some registry in bad
