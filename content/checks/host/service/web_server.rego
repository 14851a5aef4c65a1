# METADATA
# title: No web server runs
# description: A web server that came along with some package is served, but not looked after.
# custom:
#   id: host.service.web_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.18"]
#     ssg: [service_httpd_disabled, service_nginx_disabled]
#   attack: [T1190]
#   remediation:
#     text: Stop and disable apache2.service, nginx.service, lighttpd.service, caddy.service, httpd.service; remove the package if nothing needs it.
#     command: "for unit in apache2.service nginx.service lighttpd.service caddy.service httpd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.web_server

import data.casemate.lib.unit

names := ["apache2.service", "nginx.service", "lighttpd.service", "caddy.service", "httpd.service"]

started := unit.started(input.facets.units, names)

running := unit.running(input.facets, names)

compliant if {
	count(started) == 0
	count(running) == 0
}

deny contains {"message": sprintf("%s starts at boot", [name]), "evidence": {"unit": name, "state": input.facets.units.units[name].state}} if {
	some name in started
}

deny contains {"message": sprintf("%s is running", [name]), "evidence": {"unit": name}} if some name in running
