# METADATA
# title: Docker stores layers with a driver that is looked after
# description: aufs and devicemapper are left behind by the kernel and by Docker.
# custom:
#   id: host.container.docker_storage_driver
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.6"]
#   remediation:
#     text: Move to overlay2; images must be pulled anew.
package casemate.host.container.docker_storage_driver

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

driver := object.get(docker, "storage-driver", "overlay2")

compliant if driver in {"overlay2", "overlayfs", "btrfs", "zfs", "fuse-overlayfs"}

deny contains {"message": sprintf("the storage driver is %s; wanted overlay2", [driver]), "evidence": {"found": driver}} if driver in {"aufs", "devicemapper", "overlay", "vfs"}
