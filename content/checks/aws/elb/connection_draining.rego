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
#   remediation:
#     text: >-
#       Turn connection draining on.
package casemate.aws.elb.connection_draining

attributes := input.facets.attributes

# The service leaves it out where it is off.
value := object.get(attributes, ["ConnectionDraining", "Enabled"], false)

compliant if value == true

deny contains {"message": "connection draining is off", "evidence": {"Enabled": value}} if value != true
