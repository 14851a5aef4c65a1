# METADATA
# title: Database of a Redshift cluster has a name of its own
# description: >-
#   Whoever holds a password still needs the name of the database; `dev` is the one that everybody knows.
# custom:
#   id: aws.redshift.default_database
#   kind: aws.redshift.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Redshift.9"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   params:
#     names: {type: list, default: [dev], description: names that are guessed first}
#   remediation:
#     text: >-
#       The name is given at the creation alone: restore a snapshot into a new cluster, or use another database.
package casemate.aws.redshift.default_database

configuration := input.facets.configuration

name := configuration.DBName

known if lower(name) in {lower(one) | some one in data.params.names}

compliant if {
	is_string(name)
	name != ""
	not known
}

deny contains {"message": sprintf("the database is called `%s`", [name]), "evidence": {"DBName": name}} if known
