#!/usr/bin/env bash
# Claim: a scan of this host with every check takes under 3 s of wall time and 80 MB at its peak, and the second scan of
# the unchanged host under half of the first.
# Peers: Lynis (`lynis audit system`) and OpenSCAP (ANSSI high, the Debian 11 content), run side by side in this run.
# Prints Markdown. Run as root on Debian; installs the peers when they are missing. RUNS=5 by default, LYNIS_RUNS=1.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
runs=${RUNS:-5}
bin=$(casemate)
need lynis openscap-scanner ssg-debian

# The content is for Debian 11 and says `not applicable` elsewhere. A copy for this run judges what it stands on: the
# benchmark's platform goes, and so does the rule that a machine with /.dockerenv is no machine.
content=$work/debian.xml
sed -E '/platform idref="(cpe:|#machine)/d' /usr/share/xml/scap/ssg/content/ssg-debian11-ds.xml >"$content"

measure() { python3 "$here/measure.py" "$@"; }
tsv=$work/rows.tsv
store=$work/store.db
forget="rm -f $store $store-wal $store-shm"
# Everybody gets a warm page cache.
"$bin" scan -q --store "$store" --format jsonl --out /dev/null || true
oscap xccdf eval --profile xccdf_org.ssgproject.content_profile_anssi_np_nt28_high --progress "$content" >"$work/oscap.txt" 2>/dev/null || true
lynis_row=
[ "${LYNIS_RUNS:-1}" -eq 0 ] || lynis_row=$(measure "Lynis" "${LYNIS_RUNS:-1}" -- lynis audit system --quick --no-colors --quiet --logfile "$work/lynis.log" --report-file "$work/lynis.dat")
{
	measure "Casemate, first scan" "$runs" --before "$forget" -- "$bin" scan -q --store "$store" --format jsonl --out "$work/out.jsonl"
	measure "Casemate, second scan, nothing changed" "$runs" -- "$bin" scan -q --store "$store" --format jsonl --out "$work/out2.jsonl"
	measure "OpenSCAP, ANSSI high" "$runs" -- oscap xccdf eval --profile xccdf_org.ssgproject.content_profile_anssi_np_nt28_high --results "$work/oscap.xml" "$content"
	[ -z "$lynis_row" ] || echo "$lynis_row"
} >"$tsv"

ours=$(python3 - "$work/out.jsonl" <<'P'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
found = [r for r in rows if r["type"] == "finding"]
print(f"{len({r['check'] for r in found})} checks, {len(found)} findings")
P
)
theirs="$(grep -cE ':(pass|fail)$' "$work/oscap.txt" || true) rules judged of $(grep -c : "$work/oscap.txt" || true)"
lynis="$(sed -n 's/^lynis_tests_done=//p' "$work/lynis.dat" 2>/dev/null || true) tests"
IFS=$'\t' read -r _ first _ _ peak _ < <(sed -n 1p "$tsv")
IFS=$'\t' read -r _ second _ _ peak2 _ < <(sed -n 2p "$tsv")

echo "$(machine)"
echo
echo "| run | judged | wall s | user s | system s | peak MB | wall, times ours | peak, times ours |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
while IFS=$'\t' read -r label wall user system mb _; do
	case $label in
	Casemate*) judged=$ours ;;
	Lynis) judged=$lynis ;;
	*) judged=$theirs ;;
	esac
	echo "| $label | $judged | $wall | $user | $system | $mb | $(ratio "$wall" "$first") | $(ratio "$mb" "$peak") |"
done <"$tsv"
echo
echo "| claim | measured | |"
echo "| --- | --- | --- |"
echo "| full scan under 3 s | $first s | $(verdict "$first" 3) |"
echo "| under 80 MB at the peak | $peak MB | $(verdict "$peak" 80) |"
echo "| second scan under half of the first | $second s, $(ratio "$second" "$first") of the first | $(verdict "$second" "$(awk -v f="$first" 'BEGIN {print f / 2}')") |"
