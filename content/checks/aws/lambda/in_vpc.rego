# METADATA
# title: Lambda function runs in a VPC
# description: >-
#   Outside a VPC its traffic passes no security group and no flow log, and it reaches private things only where
#   they are public.
# custom:
#   id: aws.lambda.in_vpc
#   kind: aws.lambda.function
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Lambda.3"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Give it subnets and a security group; a function that needs nothing private may be exempted.
package casemate.aws.lambda.in_vpc

configuration := input.facets.configuration

subnets := object.get(configuration, ["VpcConfig", "SubnetIds"], [])

compliant if count(subnets) > 0

deny contains {"message": "it runs outside a VPC", "evidence": {"SubnetIds": subnets}} if not compliant
