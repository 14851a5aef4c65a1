# METADATA
# title: Job of Glue runs on a supported version
# description: >-
#   Old versions run Spark and Python that nobody mends.
# custom:
#   id: aws.glue.job_version
#   kind: aws.glue.job
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(a)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   params:
#     versions:
#       type: list
#       default: ["0.9", "1.0", "2.0"]
#       description: versions that are not wanted
#   remediation:
#     text: >-
#       Set the version to 4.0 or newer.
package casemate.aws.glue.job_version

configuration := input.facets.configuration

# Jobs in a plain Python shell and on Ray are versioned otherwise.
applies if not configuration.Command.Name in {"pythonshell", "glueray"}

version := object.get(configuration, "GlueVersion", "0.9")

compliant if not version in data.params.versions

deny contains {"message": sprintf("version %s is out of support", [version]), "evidence": {"GlueVersion": version}} if version in data.params.versions
