# METADATA
# title: Users of a SageMaker notebook are not root
# description: >-
#   Root changes what the lifecycle scripts set up, agents and limits among them.
# custom:
#   id: aws.sagemaker.notebook_no_root
#   kind: aws.sagemaker.notebook_instance
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["SageMaker.3"]
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   remediation:
#     text: >-
#       Set root access to disabled.
#     command: aws sagemaker update-notebook-instance --notebook-instance-name NAME --root-access Disabled
package casemate.aws.sagemaker.notebook_no_root

configuration := input.facets.configuration

compliant if configuration.RootAccess == "Disabled"

deny contains {"message": "users of the notebook are root", "evidence": {"RootAccess": object.get(configuration, ["RootAccess"], null)}} if not compliant
