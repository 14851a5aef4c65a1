#!/usr/bin/env bash
# Claim: the README's first command, in a fresh clone with nothing compiled before, takes under 5 minutes on 2 cores.
# Prints Markdown. The crates' sources come from cargo's own cache where they are there; their download is not measured.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
git clone -q "$repo" "$work/clone"
cd "$work/clone"
cargo fetch --locked -q
row=$(CARGO_TARGET_DIR=$work/target python3 "$here/measure.py" "cold build" 1 -- cargo build --release --locked)
IFS=$'\t' read -r _ wall user _ peak status <<<"$row"
run=$(CARGO_TARGET_DIR=$work/target python3 "$here/measure.py" "first command" 1 -- \
	cargo run --release --locked -q -- scan --store "$work/store.db")
IFS=$'\t' read -r _ scan _ _ _ scan_status <<<"$run"
echo "$(machine)"
echo
echo "| claim | measured | |"
echo "| --- | --- | --- |"
echo "| cold build under 300 s | $wall s ($user s of CPU, $peak MB peak, exit $status) | $(verdict "$wall" 300) |"
echo "| then the scan, through cargo run | $scan s, exit $scan_status | |"
