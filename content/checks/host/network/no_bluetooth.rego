# METADATA
# title: No Bluetooth radio is there
# description: Keyboards have been injected into machines by Bluetooth, without pairing.
# custom:
#   id: host.network.no_bluetooth
#   kind: host
#   area: network
#   needs: [network]
#   severity: low
#   frameworks:
#     cis_debian_12: ["3.1.3"]
#   attack: [T1011.001]
#   remediation:
#     text: Take the radio out, or keep the modules btusb and bluetooth from loading.
#     command: "printf 'install bluetooth /bin/false\\ninstall btusb /bin/false\\n' > /etc/modprobe.d/casemate-bluetooth.conf"
package casemate.host.network.no_bluetooth

found := input.facets.network.bluetooth

compliant if found == false

deny contains {"message": "a Bluetooth controller is there", "evidence": {"bluetooth": true}} if found == true
