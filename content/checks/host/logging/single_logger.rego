# METADATA
# title: One logger keeps the logs
# description: Two loggers that both keep everything fill the disk twice, and each change is made in one of them only.
# custom:
#   id: host.logging.single_logger
#   kind: host
#   area: logging
#   needs: [units]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.1.1.4"]
#     ssg: [logging_services_active]
#   remediation:
#     text: Disable all loggers but one.
package casemate.host.logging.single_logger

import data.casemate.lib.unit

loggers := ["rsyslog.service", "syslog-ng.service", "inetutils-syslogd.service", "busybox-syslogd.service"]

started := unit.started(input.facets.units, loggers)

compliant if count(started) <= 1

deny contains {"message": sprintf("%s are all on", [concat(", ", started)]), "evidence": {"units": started}} if count(started) > 1
