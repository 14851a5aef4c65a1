# METADATA
# title: Classic load balancer lets requests end
# description: >-
#   Without draining, requests that are under way are cut when a machine is taken out.
# custom:
#   id: aws.elb.connection_draining
#   kind: aws.elb.load_balancer
#   area: governance
#   needs: [attributes]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ELB.7"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn connection draining on.
package casemate.aws.elb.connection_draining

attributes := input.facets.attributes

# The service leaves it out where it is off.
value := object.get(attributes, ["ConnectionDraining", "Enabled"], false)

compliant if value == true

deny contains {"message": "connection draining is off", "evidence": {"Enabled": value}} if value != true
