# METADATA
# title: Administrator of a database instance has a name of its own
# description: >-
#   Whoever guesses passwords begins with the names that everybody knows.
# custom:
#   id: aws.rds.default_username
#   kind: aws.rds.instance
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.25"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   params:
#     names: {type: list, default: [admin, administrator, postgres, root, awsuser, sa, master], description: names that are guessed first}
#   remediation:
#     text: >-
#       Make an administrator with a name of your own: the name is given at the creation alone, so restore a
#       snapshot into a new database or add a user and lock the old one.
package casemate.aws.rds.default_username

configuration := input.facets.configuration

# The administrator of a cluster belongs to the cluster.
applies if not is_string(configuration.DBClusterIdentifier)

name := configuration.MasterUsername

known if lower(name) in {lower(one) | some one in data.params.names}

compliant if {
	is_string(name)
	name != ""
	not known
}

deny contains {"message": sprintf("the administrator is called `%s`", [name]), "evidence": {"MasterUsername": name}} if known
