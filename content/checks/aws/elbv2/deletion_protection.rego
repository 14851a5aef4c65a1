# METADATA
# title: Load balancer is protected from deletion
# description: >-
#   One mistaken call takes everything behind it off the network.
# custom:
#   id: aws.elbv2.deletion_protection
#   kind: aws.elbv2.load_balancer
#   area: governance
#   needs: [attributes]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ELB.6"]
#     iso_27001_2022: ["A.8.14"]
#     nist_800_53_r5: ["CP-2(5)"]
#   remediation:
#     text: >-
#       Turn the protection on.
#     command: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=deletion_protection.enabled,Value=true
package casemate.aws.elbv2.deletion_protection

import data.casemate.lib.aws.balancer

attributes := input.facets.attributes.Attributes

value := balancer.attribute(attributes, "deletion_protection.enabled")

compliant if {
	value == "true"
}

deny contains {"message": sprintf("the protection is %s", [value]), "evidence": {"deletion_protection.enabled": value}} if {
	count(attributes) > 0
	value != "true"
}
