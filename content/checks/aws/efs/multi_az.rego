# METADATA
# title: EFS file system can be reached in more than one zone
# description: >-
#   Clients of a zone without a mount target reach the files through another zone, and not at all when that
#   fails.
# custom:
#   id: aws.efs.multi_az
#   kind: aws.efs.file_system
#   area: storage
#   needs: [configuration, mount_targets]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Make a mount target in each zone in which clients run.
package casemate.aws.efs.multi_az

configuration := input.facets.configuration

zones := {target.AvailabilityZoneId | some target in input.facets.mount_targets.items}

single := object.get(configuration, "AvailabilityZoneName", "")

compliant if {
	is_string(configuration.FileSystemId)
	single == ""
	count(zones) > 1
}

deny contains {"message": sprintf("it is kept in the zone %s alone", [single]), "evidence": {"AvailabilityZoneName": single}} if single != ""

deny contains {"message": sprintf("mount targets stand in %d zones", [count(zones)]), "evidence": {"zones": sort(zones)}} if {
	is_array(input.facets.mount_targets.items)
	single == ""
	count(zones) < 2
}
