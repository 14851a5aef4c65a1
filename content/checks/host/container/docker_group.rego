# METADATA
# title: The group docker holds only those who may be root
# description: A member of the group is root with one command, and no log of sudo says so.
# custom:
#   id: host.container.docker_group
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: high
#   frameworks:
#     cis_docker_1.6: ["1.1.2"]
#   attack: [T1548, T1611]
#   params:
#     allow: {type: list, default: [], description: users who may be members}
#   remediation:
#     text: Take them out (gpasswd -d USER docker), and let them use sudo or rootless containers.
package casemate.host.container.docker_group

applies if {
	input.facets.config.engine == "docker"
	input.facets.files.group_members != null
}

members := input.facets.files.group_members

allowed := {name | some name in data.params.allow}

bad := [name | some name in members; not name in allowed] if is_array(members)

compliant if count(bad) == 0

deny contains {"message": sprintf("%s is a member of the group docker", [name]), "evidence": {"user": name}} if some name in bad
