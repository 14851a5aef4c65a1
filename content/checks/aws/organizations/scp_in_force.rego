# METADATA
# title: Organisation has a service control policy of its own in force
# description: >-
#   Without a policy of its own the organisation forbids nothing: `FullAWSAccess` allows everything.
# custom:
#   id: aws.organizations.scp_in_force
#   kind: aws.organizations.root
#   area: governance
#   needs: [configuration, service_control_policies, service_control_targets]
#   severity: medium
#   frameworks:
#     cis_aws_7.0: ["2.1.2"]
#     iso_27001_2022: ["A.5.23"]
#     nist_800_53_r5: ["AC-3", "AC-3(3)", "AC-6"]
#     pci_dss_4.0: ["7.3.1"]
#   remediation:
#     text: >-
#       Write a service control policy that forbids what no account may do, and attach it to the root or to units.
#     command: aws organizations attach-policy --policy-id POLICY --target-id ROOT
package casemate.aws.organizations.scp_in_force

policies := input.facets.service_control_policies.items

targets := input.facets.service_control_targets.items

types := input.facets.configuration.PolicyTypes

enabled if {
	some one in types
	one.Type == "SERVICE_CONTROL_POLICY"
	one.Status == "ENABLED"
}

# Those that AWS made allow everything.
attached contains one.of.Name if {
	some one in targets
	one.of.AwsManaged != true
	count(one.items) > 0
}

compliant if {
	is_array(policies)
	enabled
	count(attached) > 0
}

deny contains {"message": "policies of this type are off", "evidence": {"PolicyTypes": types}} if {
	is_array(types)
	not enabled
}

deny contains {"message": "no service control policy of its own is attached to anything", "evidence": {"policies": count(policies)}} if {
	enabled
	is_array(targets)
	count(attached) == 0
}
