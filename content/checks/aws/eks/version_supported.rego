# METADATA
# title: EKS cluster runs a version in standard support
# description: >-
#   Behind standard support there are a year's fixes for extra money and then an upgrade at a time that you did
#   not choose. The dates are those that AWS has published; they move, so they are a parameter.
# custom:
#   id: aws.eks.version_supported
#   kind: aws.eks.cluster
#   area: container
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EKS.2"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(a)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   clock: day
#   params:
#     ends:
#       type: list
#       default: [
#         1.18=2022-03-31, 1.19=2022-08-01, 1.20=2022-11-01, 1.21=2023-02-16, 1.22=2023-06-04, 1.23=2023-10-11,
#         1.24=2024-01-31, 1.25=2024-05-01, 1.26=2024-06-11, 1.27=2024-07-24, 1.28=2024-11-26, 1.29=2025-03-23,
#         1.30=2025-07-23, 1.31=2025-11-26, 1.32=2026-03-23, 1.33=2026-07-29, 1.34=2026-12-02, 1.35=2027-03-27
#       ]
#       description: version and the last day of its standard support
#   remediation:
#     text: >-
#       Upgrade the cluster, one minor version at a time, and its nodes after it.
#     command: aws eks update-cluster-version --name NAME --kubernetes-version VERSION
package casemate.aws.eks.version_supported

configuration := input.facets.configuration

ends := {parts[0]: parts[1] |
	some entry in data.params.ends
	parts := split(entry, "=")
	count(parts) == 2
}

end := ends[configuration.version]

# Dates as text are in the order of the calendar. A version that is not in the table proves nothing.
compliant if end > input.today

deny contains {
	"message": sprintf("version %s left standard support on %s", [configuration.version, end]),
	"evidence": {"version": configuration.version, "ended": end},
} if {
	end <= input.today
}
