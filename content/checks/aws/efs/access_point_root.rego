# METADATA
# title: EFS access point leads to a directory of its own
# description: >-
#   One that leads to `/` shows its clients everything that is in the file system.
# custom:
#   id: aws.efs.access_point_root
#   kind: aws.efs.access_point
#   area: storage
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EFS.3"]
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   remediation:
#     text: >-
#       Make an access point with a root directory.
#     command: aws efs create-access-point --file-system-id ID --root-directory Path=/APP
package casemate.aws.efs.access_point_root

path := input.facets.configuration.RootDirectory.Path

compliant if {
	is_string(path)
	not regex.match(`^/*$`, path)
}

deny contains {"message": "it leads to the root of the file system", "evidence": {"Path": path}} if regex.match(`^/*$`, path)
