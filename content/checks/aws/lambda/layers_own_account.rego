# METADATA
# title: Lambda function takes layers from its own account alone
# description: >-
#   The owner of a layer's account runs code in the function with the function's role.
# custom:
#   id: aws.lambda.layers_own_account
#   kind: aws.lambda.function
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.21", "A.8.9"]
#     nist_800_53_r5: ["SI-7(a)"]
#   attack: [T1195.002]
#   params:
#     accounts: {type: list, default: [], description: other accounts whose layers are accepted}
#   remediation:
#     text: >-
#       Publish the layer in your own account from a source that you trust; accounts of vendors that you accept
#       are a parameter.
package casemate.aws.lambda.layers_own_account

configuration := input.facets.configuration

account := split(configuration.FunctionArn, ":")[4]

layers := object.get(configuration, "Layers", [])

owner(layer) := split(layer.Arn, ":")[4]

foreign := [layer.Arn |
	some layer in layers
	not owner(layer) in {account} | {known | some known in data.params.accounts}
]

compliant if {
	account != ""
	count(foreign) == 0
}

deny contains {"message": sprintf("the layer %s belongs to another account", [arn]), "evidence": {"layer": arn}} if some arn in foreign
