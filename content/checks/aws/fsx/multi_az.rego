# METADATA
# title: FSx file system has a standby in another zone
# description: >-
#   One zone that fails takes the files with it until they are restored from a backup. Lustre stands in one zone
#   always.
# custom:
#   id: aws.fsx.multi_az
#   kind: aws.fsx.file_system
#   area: storage
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Make a Multi-AZ file system, and copy the files (DataSync does).
package casemate.aws.fsx.multi_az

configuration := input.facets.configuration

applies if not configuration.FileSystemType == "LUSTRE"

parts := {"WINDOWS": "WindowsConfiguration", "LUSTRE": "LustreConfiguration", "ONTAP": "OntapConfiguration", "OPENZFS": "OpenZFSConfiguration"}

part := configuration[parts[configuration.FileSystemType]]

type := part.DeploymentType

compliant if startswith(type, "MULTI_AZ")

deny contains {"message": sprintf("its type is %s", [type]), "evidence": {"DeploymentType": type}} if startswith(type, "SINGLE_AZ")
