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
#   remediation:
#     text: >-
#       Set root access to disabled.
#     command: aws sagemaker update-notebook-instance --notebook-instance-name NAME --root-access Disabled
package casemate.aws.sagemaker.notebook_no_root

configuration := input.facets.configuration

compliant if configuration.RootAccess == "Disabled"

deny contains {"message": "users of the notebook are root", "evidence": {"RootAccess": object.get(configuration, ["RootAccess"], null)}} if not compliant
