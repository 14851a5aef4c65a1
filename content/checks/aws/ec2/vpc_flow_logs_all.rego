# METADATA
# title: Flow logs of the VPC record what is let through and what is refused
# description: >-
#   Refused packets show who tries doors; accepted ones show who came in. A log of one sort tells half of it.
# custom:
#   id: aws.ec2.vpc_flow_logs_all
#   kind: aws.ec2.vpc
#   area: logging
#   needs: [flow_logs]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-3(d)", "AU-12(c)", "SI-4(4)(b)", "SI-4(a)(2)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Make a flow log with the traffic type ALL, or the one that lacks.
#     command: aws ec2 create-flow-logs --resource-type VPC --resource-ids VPC --traffic-type ALL --log-destination-type s3 --log-destination ARN
package casemate.aws.ec2.vpc_flow_logs_all

types := {log.TrafficType | some log in input.facets.flow_logs.items; log.FlowLogStatus == "ACTIVE"}

compliant if "ALL" in types

compliant if {
	"ACCEPT" in types
	"REJECT" in types
}

deny contains {"message": sprintf("the active flow logs record %s", [concat(" and ", sort(types))]), "evidence": {"TrafficType": sort(types)}} if {
	count(types) > 0
	not compliant
}

deny contains {"message": "no flow log of it is active", "evidence": {"flow_logs": input.facets.flow_logs.items}} if count(types) == 0
