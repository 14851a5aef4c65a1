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
#   frameworks:
#     aws_fsbp: ["EFS.4"]
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
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
