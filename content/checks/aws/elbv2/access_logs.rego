# METADATA
# title: Load balancer writes access logs
# description: >-
#   The log says who asked for what: the first thing to look at after an incident.
# custom:
#   id: aws.elbv2.access_logs
#   kind: aws.elbv2.load_balancer
#   area: logging
#   needs: [attributes]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ELB.5"]
#     cis_aws_7.0: ["4.10"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Turn access logs on.
#     command: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=BUCKET
package casemate.aws.elbv2.access_logs

import data.casemate.lib.aws.balancer

attributes := input.facets.attributes.Attributes

value := balancer.attribute(attributes, "access_logs.s3.enabled")

compliant if {
	value == "true"
}

deny contains {"message": sprintf("access logs are %s", [value]), "evidence": {"access_logs.s3.enabled": value}} if {
	count(attributes) > 0
	value != "true"
}
