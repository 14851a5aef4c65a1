# METADATA
# title: Network protocols of other times are kept out
# description: >-
#   Most of these protocols are loaded as soon as any user asks for a socket of their family. Little of that code has
#   been looked at since the machines it spoke to were switched off.
# custom:
#   id: host.module.rare_protocols
#   kind: host
#   area: network
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   attack: [T1068]
#   params:
#     allow: {type: list, default: [], description: names of modules that are in use here}
#   remediation:
#     text: Block the protocols that nothing here speaks; name the others in the parameter.
#     command: printf 'install %s /bin/false\nblacklist %s\n' appletalk appletalk ax25 ax25 decnet decnet econet econet ieee802154 ieee802154 ipx ipx n_hdlc n_hdlc netrom netrom phonet phonet rose rose x25 x25 > /etc/modprobe.d/casemate-rare-protocols.conf
package casemate.host.module.rare_protocols

import data.casemate.lib.module

# Module to the build option that makes it.
options := {
	"appletalk": "CONFIG_ATALK",
	"ax25": "CONFIG_AX25",
	"decnet": "CONFIG_DECNET",
	"econet": "CONFIG_ECONET",
	"ieee802154": "CONFIG_IEEE802154",
	"ipx": "CONFIG_IPX",
	"n_hdlc": "CONFIG_N_HDLC",
	"netrom": "CONFIG_NETROM",
	"phonet": "CONFIG_PHONET",
	"rose": "CONFIG_ROSE",
	"x25": "CONFIG_X25",
}

watched := {name: option | some name, option in options; not name in data.params.allow}

compliant if {
	every name, option in watched { module.kept_out(name, option) }
}

deny contains finding if {
	some name, option in watched
	some finding in module.open(name, option)
}
