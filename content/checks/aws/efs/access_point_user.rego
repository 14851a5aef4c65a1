# METADATA
# title: EFS access point acts as a user of its own
# description: >-
#   Without one the client says who it is, and root on it is root on the files.
# custom:
#   id: aws.efs.access_point_user
#   kind: aws.efs.access_point
#   area: identity
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Make an access point with a POSIX user other than 0.
#     command: aws efs create-access-point --file-system-id ID --posix-user Uid=1000,Gid=1000
package casemate.aws.efs.access_point_user

configuration := input.facets.configuration

uid := configuration.PosixUser.Uid

compliant if uid > 0

deny contains {"message": "the client says which user it is", "evidence": {"PosixUser": null}} if {
	is_string(configuration.AccessPointId)
	not is_number(uid)
}

deny contains {"message": "it acts as root", "evidence": {"Uid": uid}} if uid == 0
