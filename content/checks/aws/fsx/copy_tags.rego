# METADATA
# title: FSx file system hands its tags on to its backups
# description: >-
#   Backups without tags escape whatever goes by tags: policies, owners, and the class of the data in them.
#   OpenZFS hands them on to volumes too. ONTAP has the setting on its volumes and is not judged.
# custom:
#   id: aws.fsx.copy_tags
#   kind: aws.fsx.file_system
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["FSx.1"]
#     iso_27001_2022: ["A.5.9"]
#     nist_800_53_r5: ["CM-8(a)"]
#   remediation:
#     text: >-
#       Turn the copying of tags on: of Lustre at the creation alone.
package casemate.aws.fsx.copy_tags

configuration := input.facets.configuration

applies if not configuration.FileSystemType == "ONTAP"

wanted := {
	"WINDOWS": {["WindowsConfiguration", "CopyTagsToBackups"]},
	"LUSTRE": {["LustreConfiguration", "CopyTagsToBackups"]},
	"OPENZFS": {["OpenZFSConfiguration", "CopyTagsToBackups"], ["OpenZFSConfiguration", "CopyTagsToVolumes"]},
}

off := {concat(".", path) |
	some path in wanted[configuration.FileSystemType]
	object.get(configuration, path, false) != true
}

compliant if {
	wanted[configuration.FileSystemType]
	count(off) == 0
}

deny contains {"message": sprintf("%s is off", [name]), "evidence": {"field": name}} if some name in off
