# METADATA
# title: No compilers are on production hosts
# description: >-
#   An exploit for this very kernel is best built on this very host. A build server has compilers; others seldom need
#   them.
# custom:
#   id: host.packages.compilers
#   kind: host
#   area: software
#   needs: [packages]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R58]
#   attack: [T1027.004]
#   params:
#     allow: {type: list, default: [], description: compilers that are wanted}
#   remediation:
#     text: Remove compilers where nothing is built; mind DKMS modules, which need gcc.
#     command: dpkg-query -W -f '${Package}\n' gcc g++ clang tcc golang-go rustc nasm build-essential 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.compilers

import data.casemate.lib.packages

names := {"gcc", "g++", "clang", "tcc", "golang-go", "rustc", "nasm", "build-essential"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
