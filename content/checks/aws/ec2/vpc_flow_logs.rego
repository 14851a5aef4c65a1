# METADATA
# title: Traffic of the VPC is recorded
# description: >-
#   Without flow logs nobody can say after an incident who spoke with whom.
# custom:
#   id: aws.ec2.vpc_flow_logs
#   kind: aws.ec2.vpc
#   area: logging
#   needs: [flow_logs]
#   severity: medium
#   remediation:
#     text: >-
#       Add a flow log of all traffic to the VPC.
#     command: aws ec2 create-flow-logs --resource-type VPC --resource-ids VPC --traffic-type ALL --log-destination-type s3 --log-destination ARN
package casemate.aws.ec2.vpc_flow_logs

logs := input.facets.flow_logs.items

active := [log | some log in logs; log.FlowLogStatus == "ACTIVE"]

compliant if count(active) > 0

deny contains {"message": "no flow log of it is active", "evidence": {"flow_logs": logs}} if count(active) == 0
