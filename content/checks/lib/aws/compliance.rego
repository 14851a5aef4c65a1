# What Systems Manager's compliance says of a machine.
package casemate.lib.aws.compliance

of(facet, type) := [item | some item in facet.items; item.ComplianceType == type]

broken(facet, type) := [item | some item in of(facet, type); item.Status != "COMPLIANT"]

worst(item) := object.get(item, "OverallSeverity", "UNSPECIFIED")
