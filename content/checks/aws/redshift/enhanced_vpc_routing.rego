# METADATA
# title: Redshift cluster copies data over the VPC
# description: >-
#   Without it what is loaded and unloaded passes by no security group, endpoint policy or flow log of yours.
# custom:
#   id: aws.redshift.enhanced_vpc_routing
#   kind: aws.redshift.cluster
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Redshift.7"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Turn enhanced VPC routing on, and give the VPC an endpoint for S3.
#     command: aws redshift modify-cluster --cluster-identifier NAME --enhanced-vpc-routing
package casemate.aws.redshift.enhanced_vpc_routing

configuration := input.facets.configuration

value := object.get(configuration, "EnhancedVpcRouting", false)

compliant if value == true

deny contains {"message": "data goes around the VPC", "evidence": {"EnhancedVpcRouting": value}} if not compliant
