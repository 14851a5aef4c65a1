# METADATA
# title: Certificate has a strong key
# description: >-
#   RSA with fewer than 2,048 bits can be broken.
# custom:
#   id: aws.acm.key_strength
#   kind: aws.acm.certificate
#   area: encryption
#   needs: [certificate]
#   severity: high
#   frameworks:
#     aws_fsbp: ["ACM.2"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12"]
#     pci_dss_4.0: ["3.7.1", "4.2.1"]
#   attack: [T1557]
#   params:
#     weak: {type: list, default: [RSA_512, RSA_1024], description: sorts of keys that are too weak}
#   remediation:
#     text: >-
#       Ask for a new certificate with RSA of 2,048 bits or an elliptic curve, and import it under the same ARN.
package casemate.aws.acm.key_strength

# AWS writes them with a hyphen in some answers.
algorithm := replace(input.facets.certificate.KeyAlgorithm, "-", "_")

compliant if {
	algorithm != ""
	not algorithm in data.params.weak
}

deny contains {"message": sprintf("its key is %s", [algorithm]), "evidence": {"KeyAlgorithm": algorithm}} if algorithm in data.params.weak
