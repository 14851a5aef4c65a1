# METADATA
# title: Data catalog of Glue is encrypted with a KMS key
# description: >-
#   The catalog names every table and column, and where the data lies.
# custom:
#   id: aws.glue.catalog_encrypted
#   kind: aws.glue.catalog
#   area: encryption
#   needs: [encryption]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Turn on metadata encryption in the settings of the catalog.
package casemate.aws.glue.catalog_encrypted

mode := object.get(input.facets.encryption, ["EncryptionAtRest", "CatalogEncryptionMode"], "DISABLED")

compliant if mode in {"SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"}

deny contains {"message": sprintf("encryption of the catalog is %s; wanted SSE-KMS", [mode]), "evidence": {"CatalogEncryptionMode": mode}} if not compliant
