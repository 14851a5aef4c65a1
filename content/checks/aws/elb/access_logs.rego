# METADATA
# title: Classic load balancer writes access logs
# description: >-
#   The log says who asked for what: the first thing to look at after an incident.
# custom:
#   id: aws.elb.access_logs
#   kind: aws.elb.load_balancer
#   area: logging
#   needs: [attributes]
#   severity: medium
#   remediation:
#     text: >-
#       Turn access logs on.
package casemate.aws.elb.access_logs

attributes := input.facets.attributes

# The service leaves it out where it is off.
value := object.get(attributes, ["AccessLog", "Enabled"], false)

compliant if value == true

deny contains {"message": "access logs are off", "evidence": {"Enabled": value}} if value != true
