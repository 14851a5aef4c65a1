# METADATA
# title: Lambda function uses a runtime that is maintained today
# description: >-
#   From the day of its deprecation a runtime gets no security updates, and some time later no deployment. The
#   dates are those that AWS has published; they move, so they are a parameter.
# custom:
#   id: aws.lambda.runtime_current
#   kind: aws.lambda.function
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Lambda.2"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(a)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   clock: day
#   params:
#     ends:
#       type: list
#       default: [
#         nodejs=2016-10-31, nodejs4.3=2020-03-05, nodejs6.10=2019-08-12, nodejs8.10=2020-03-06,
#         nodejs10.x=2021-07-30, nodejs12.x=2023-03-31, nodejs14.x=2023-12-04, nodejs16.x=2024-06-12,
#         nodejs18.x=2025-09-01, nodejs20.x=2026-04-30, nodejs22.x=2027-04-30, nodejs24.x=2028-04-30,
#         python2.7=2021-07-15, python3.6=2022-07-18, python3.7=2023-12-04, python3.8=2024-10-14,
#         python3.9=2025-12-15, python3.10=2026-10-31, python3.11=2027-06-30, python3.12=2028-10-31,
#         python3.13=2029-06-30, python3.14=2029-06-30, ruby2.5=2021-07-30, ruby2.7=2023-12-07,
#         ruby3.2=2026-03-31, ruby3.3=2027-03-31, ruby3.4=2028-03-31, java8=2024-01-08, java8.al2=2027-06-30,
#         java11=2027-06-30, java17=2027-06-30, java21=2029-06-30, java25=2029-06-30, dotnetcore1.0=2019-06-27,
#         dotnetcore2.0=2019-05-30, dotnetcore2.1=2022-01-05, dotnetcore3.1=2023-04-03, dotnet6=2024-12-20,
#         dotnet8=2026-11-10, dotnet10=2028-11-14, go1.x=2024-01-08, provided=2024-01-08, provided.al2=2026-07-31,
#         provided.al2023=2029-06-30
#       ]
#       description: runtime and the day of its deprecation
#   remediation:
#     text: >-
#       Move the function to a present runtime of its language.
#     command: aws lambda update-function-configuration --function-name NAME --runtime RUNTIME
package casemate.aws.lambda.runtime_current

configuration := input.facets.configuration

# A container image brings its own.
applies if not configuration.PackageType == "Image"

ends := {parts[0]: parts[1] |
	some entry in data.params.ends
	parts := split(entry, "=")
	count(parts) == 2
}

end := ends[configuration.Runtime]

# Dates as text are in the order of the calendar. A runtime that is not in the table proves nothing.
compliant if end > input.today

deny contains {
	"message": sprintf("%s is deprecated since %s", [configuration.Runtime, end]),
	"evidence": {"Runtime": configuration.Runtime, "deprecated": end},
} if {
	end <= input.today
}
