# METADATA
# title: Mount targets of an EFS file system stand in private subnets
# description: >-
#   A subnet that gives public addresses is one that the internet can route to.
# custom:
#   id: aws.efs.mount_targets_private
#   kind: aws.efs.file_system
#   area: network
#   needs: [mount_targets]
#   related: [{edge: uses, direction: out, kind: aws.ec2.subnet, facets: [configuration]}]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Make the mount targets in subnets without public addresses.
package casemate.aws.efs.mount_targets_private

targets := input.facets.mount_targets.items

subnets := {one.resource.name: one.facets.configuration.MapPublicIpOnLaunch |
	some one in data.estate.related
	is_boolean(one.facets.configuration.MapPublicIpOnLaunch)
}

public := [target | some target in targets; subnets[target.SubnetId] == true]

compliant if {
	is_array(targets)
	every target in targets { subnets[target.SubnetId] == false }
}

deny contains {"message": sprintf("`%s` stands in `%s`, which gives public addresses", [target.MountTargetId, target.SubnetId]), "evidence": target} if some target in public
