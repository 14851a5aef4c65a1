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
#   frameworks:
#     aws_fsbp: ["ELB.5"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Turn access logs on.
package casemate.aws.elb.access_logs

attributes := input.facets.attributes

# The service leaves it out where it is off.
value := object.get(attributes, ["AccessLog", "Enabled"], false)

compliant if value == true

deny contains {"message": "access logs are off", "evidence": {"Enabled": value}} if value != true
