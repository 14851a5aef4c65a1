# METADATA
# title: FSx file system is backed up by itself
# description: >-
#   Damage that is found after the last backup has gone cannot be undone; 0 days turns backups off. Scratch file
#   systems of Lustre have none.
# custom:
#   id: aws.fsx.backups
#   kind: aws.fsx.file_system
#   area: backup
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   params:
#     days: {type: int, default: 7, description: fewest days that backups are kept}
#   remediation:
#     text: >-
#       Set the retention of automatic backups to 7 days or more.
package casemate.aws.fsx.backups

configuration := input.facets.configuration

applies if not startswith(configuration.LustreConfiguration.DeploymentType, "SCRATCH")

parts := {"WINDOWS": "WindowsConfiguration", "LUSTRE": "LustreConfiguration", "ONTAP": "OntapConfiguration", "OPENZFS": "OpenZFSConfiguration"}

part := configuration[parts[configuration.FileSystemType]]

# It is left out where it is off.
kept := object.get(part, "AutomaticBackupRetentionDays", 0)

compliant if kept >= data.params.days

deny contains {"message": sprintf("backups are kept for %d days", [kept]), "evidence": {"AutomaticBackupRetentionDays": kept}} if kept < data.params.days
