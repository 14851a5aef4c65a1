# METADATA
# title: Administrator of a Redshift cluster has a name of its own
# description: >-
#   Whoever guesses passwords begins with the names that everybody knows.
# custom:
#   id: aws.redshift.default_username
#   kind: aws.redshift.cluster
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Redshift.8"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   params:
#     names: {type: list, default: [awsuser, admin, administrator, root], description: names that are guessed first}
#   remediation:
#     text: >-
#       The name is given at the creation alone: restore a snapshot into a new cluster, or use another
#       administrator.
package casemate.aws.redshift.default_username

configuration := input.facets.configuration

name := configuration.MasterUsername

known if lower(name) in {lower(one) | some one in data.params.names}

compliant if {
	is_string(name)
	name != ""
	not known
}

deny contains {"message": sprintf("the administrator is called `%s`", [name]), "evidence": {"MasterUsername": name}} if known
