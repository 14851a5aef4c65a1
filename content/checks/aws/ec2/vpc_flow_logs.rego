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
#   frameworks:
#     aws_fsbp: ["EC2.6"]
#     cis_aws_3.0: ["3.7"]
#     cis_aws_5.0: ["3.7"]
#     cis_aws_6.0: ["4.7"]
#     cis_aws_7.0: ["4.7"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-3(d)", "AU-12(c)", "SI-4(4)(b)", "SI-4(a)(2)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Add a flow log of all traffic to the VPC.
#     command: aws ec2 create-flow-logs --resource-type VPC --resource-ids VPC --traffic-type ALL --log-destination-type s3 --log-destination ARN
package casemate.aws.ec2.vpc_flow_logs

logs := input.facets.flow_logs.items

active := [log | some log in logs; log.FlowLogStatus == "ACTIVE"]

compliant if count(active) > 0

deny contains {"message": "no flow log of it is active", "evidence": {"flow_logs": logs}} if count(active) == 0
