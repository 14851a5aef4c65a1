# METADATA
# title: Classic load balancer balances over its zones
# description: >-
#   Without it each zone's machines bear what its own clients ask, and fall one after the other.
# custom:
#   id: aws.elb.cross_zone
#   kind: aws.elb.load_balancer
#   area: governance
#   needs: [attributes]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ELB.9"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn balancing over zones on.
package casemate.aws.elb.cross_zone

attributes := input.facets.attributes

# The service leaves it out where it is off.
value := object.get(attributes, ["CrossZoneLoadBalancing", "Enabled"], false)

compliant if value == true

deny contains {"message": "balancing over zones is off", "evidence": {"Enabled": value}} if value != true
