# METADATA
# title: CloudFront distribution has a default root object
# description: >-
#   Without one a request for `/` is handed to the origin, and a bucket may answer with the list of what
#   it holds.
# custom:
#   id: aws.cloudfront.default_root_object
#   kind: aws.cloudfront.distribution
#   area: storage
#   needs: [details]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudFront.1"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Name the page that `/` shows, such as index.html.
package casemate.aws.cloudfront.default_root_object

details := input.facets.details

object_name := object.get(details, "DefaultRootObject", "")

compliant if object_name != ""

deny contains {"message": "no object is set for requests of the root", "evidence": {"DefaultRootObject": object_name}} if not compliant
