#!/usr/bin/env bash
# Claim: a question about permissions costs under 20 µs on the scale-10 AWS estate, and all principals times 25 escalation
# actions under 2 s. No peer in this run: PMapper and cloudsplaining read accounts of AWS, not a store.
# Runs `crates/graph/examples/permission.rs` in release on STORE, a store that holds `casemate scan aws` of
# shared/estates/aws at scale 10 (a copy of it is read), and prints Markdown.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
(cd "$repo" && cargo build --release --locked -q -p casemate-graph --example permission)
cp "${STORE:?the store to read}" "$work/estate.db"
"$target/release/examples/permission" "$work/estate.db" >"$work/permission.json"
echo "$(machine)"
echo
python3 - "$work/permission.json" <<'P'
import json, sys

s = json.load(open(sys.argv[1]))
print(f"{s['principals']} principals, {s['resources']} resources, {s['questions']} questions.\n")
print("| claim | measured | |\n| --- | --- | --- |")
for what, value, unit, limit in [
    ("a question under 20 µs", s["question_us"], "µs", 20),
    ("all principals × 25 escalation actions under 2 s", s["escalation_ms"], "ms", 2000),
]:
    print(f"| {what} | {value} {unit} | {'holds' if value < limit else 'DOES NOT HOLD'} |")
print(f"\nBuilding the index takes {s['build_ms']} ms.")
P
