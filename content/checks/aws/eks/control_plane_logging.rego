# METADATA
# title: All logs of an EKS control plane are written
# description: >-
#   Audit and authenticator logs say who did what in the cluster; there is no other record of it.
# custom:
#   id: aws.eks.control_plane_logging
#   kind: aws.eks.cluster
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EKS.8"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AC-6(9)", "AU-3(a)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.1"]
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Turn on all five types.
#     command: aws eks update-cluster-config --name NAME --logging '{"clusterLogging":[{"types":["api","audit","authenticator","controllerManager","scheduler"],"enabled":true}]}'
package casemate.aws.eks.control_plane_logging

configuration := input.facets.configuration

wanted := {"api", "audit", "authenticator", "controllerManager", "scheduler"}

enabled := {type |
	some one in object.get(configuration, ["logging", "clusterLogging"], [])
	one.enabled == true
	some type in one.types
}

missing := wanted - enabled

compliant if count(missing) == 0

deny contains {"message": sprintf("not logged: %s", [concat(", ", sort(missing))]), "evidence": {"missing": sort(missing)}} if {
	count(missing) > 0
}
