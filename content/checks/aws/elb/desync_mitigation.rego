# METADATA
# title: Classic load balancer guards against request smuggling
# description: >-
#   In the mode `monitor` requests that two servers read in two ways are passed on.
# custom:
#   id: aws.elb.desync_mitigation
#   kind: aws.elb.load_balancer
#   area: network
#   needs: [attributes]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ELB.14"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Set the mode `defensive` or `strictest`.
package casemate.aws.elb.desync_mitigation

mode := {one.Value | some one in input.facets.attributes.AdditionalAttributes; one.Key == "elb.http.desyncmitigationmode"}

compliant if mode & {"defensive", "strictest"} != set()

deny contains {"message": "the mode is monitor", "evidence": {"mode": mode}} if "monitor" in mode
