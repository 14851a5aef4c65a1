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
#   remediation:
#     text: >-
#       Turn on metadata encryption in the settings of the catalog.
package casemate.aws.glue.catalog_encrypted

mode := object.get(input.facets.encryption, ["EncryptionAtRest", "CatalogEncryptionMode"], "DISABLED")

compliant if mode in {"SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"}

deny contains {"message": sprintf("encryption of the catalog is %s; wanted SSE-KMS", [mode]), "evidence": {"CatalogEncryptionMode": mode}} if not compliant
