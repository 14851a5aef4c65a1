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
#   frameworks:
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
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
