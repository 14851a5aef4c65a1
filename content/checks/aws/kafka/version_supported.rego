# METADATA
# title: MSK cluster runs a version of Kafka that is supported
# description: >-
#   From the day of its end AWS upgrades a cluster whenever it likes, and until then nobody mends it. The dates
#   are those of the MSK developer guide, "Supported Apache Kafka versions" (read in 2026), where 9999 stands
#   for an end that is not yet said; they move, so they are a parameter.
# custom:
#   id: aws.kafka.version_supported
#   kind: aws.kafka.cluster
#   area: database
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(a)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   clock: day
#   params:
#     ends:
#       type: list
#       default: [
#         1.1=2024-06-05, 2.1=2024-06-05, 2.2=2024-06-08, 2.3=2024-06-08, 2.4=2024-06-08, 2.5=2024-09-11, 2.6=2024-09-11,
#         2.7=2024-09-11, 2.8=2025-01-14, 3.1=2024-09-11, 3.2=2024-09-11, 3.3=2024-09-11, 3.4=2025-08-04, 3.5=2025-10-23,
#         3.6=2026-06-01, 3.7=2026-09-01, 3.8=9999-12-31, 3.9=9999-12-31, 4.0=9999-12-31, 4.1=9999-12-31
#       ]
#       description: version and the day of its end
#   remediation:
#     text: >-
#       Upgrade the version of Kafka, on a copy first.
package casemate.aws.kafka.version_supported

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

ends := {parts[0]: parts[1] |
	some entry in data.params.ends
	parts := split(entry, "=")
	count(parts) == 2
}

version := configuration.Provisioned.CurrentBrokerSoftwareInfo.KafkaVersion

# 3.5.1, 2.8.2.tiered and 3.7.x.kraft are of 3.5, 2.8 and 3.7.
major := concat(".", array.slice(split(version, "."), 0, 2))

end := ends[major]

compliant if end > input.today

deny contains {"message": sprintf("Kafka %s left support on %s", [version, end]), "evidence": {"KafkaVersion": version, "ended": end}} if end <= input.today
