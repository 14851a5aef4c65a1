# METADATA
# title: Images are scanned when they are pushed to the repository
# description: >-
#   A scan on push finds known holes before an image runs. A scan that the registry itself is set to is judged by
#   `aws.ecr.scanned`.
# custom:
#   id: aws.ecr.scan_on_push
#   kind: aws.ecr.repository
#   area: container
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ECR.1"]
#     iso_27001_2022: ["A.8.8"]
#     nist_800_53_r5: ["RA-5(a)"]
#     pci_dss_4.0: ["11.3.1", "11.3.1.3"]
#   remediation:
#     text: >-
#       Turn on scanning on push, for the repository or for the registry.
#     command: aws ecr put-image-scanning-configuration --repository-name NAME --image-scanning-configuration scanOnPush=true
package casemate.aws.ecr.scan_on_push

configuration := input.facets.configuration

on := object.get(configuration, ["imageScanningConfiguration", "scanOnPush"], false)

compliant if on == true

deny contains {"message": "images are not scanned when they are pushed", "evidence": {"scanOnPush": on}} if not compliant
