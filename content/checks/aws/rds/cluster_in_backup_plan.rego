# METADATA
# title: Database cluster is backed up by AWS Backup
# description: >-
#   AWS Backup keeps copies in vaults that whoever takes over the account of the workload cannot empty, for as
#   long as a plan says. One that has no recovery point yet fails.
# custom:
#   id: aws.rds.cluster_in_backup_plan
#   kind: aws.rds.cluster
#   area: backup
#   needs: [configuration]
#   related: [{edge: contains, direction: in, kind: aws.account_region, facets: [backup_protected]}]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.26"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   remediation:
#     text: >-
#       Assign it to a backup plan, by its tags best of all.
package casemate.aws.rds.cluster_in_backup_plan

arn := input.facets.configuration.DBClusterArn

regions := [one | some one in data.estate.related; is_array(one.facets.backup_protected.items)]

covered if {
	some region in regions
	some one in region.facets.backup_protected.items
	one.ResourceArn == arn
}

compliant if covered

deny contains {"message": "AWS Backup has no copy of it", "evidence": {"arn": arn}} if {
	count(regions) > 0
	is_string(arn)
	not covered
}
