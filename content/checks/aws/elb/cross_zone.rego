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
#   remediation:
#     text: >-
#       Turn balancing over zones on.
package casemate.aws.elb.cross_zone

attributes := input.facets.attributes

# The service leaves it out where it is off.
value := object.get(attributes, ["CrossZoneLoadBalancing", "Enabled"], false)

compliant if value == true

deny contains {"message": "balancing over zones is off", "evidence": {"Enabled": value}} if value != true
