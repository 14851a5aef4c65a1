#!/usr/bin/env bash
# Claim: with 100,000 resources and 1,000,000 findings in the store, the 100 riskiest are listed in under 50 ms and the
# store opens in under 100 ms. No peer: none of them keeps findings.
# Runs `crates/store/examples/scale.rs` in release and prints Markdown. RESOURCES and FINDINGS change the size.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
(cd "$repo" && cargo build --release --locked -q -p casemate-store --example scale)
"$target/release/examples/scale" "${RESOURCES:-100000}" "${FINDINGS:-1000000}" >"$work/scale.json"
echo "$(machine)"
echo
python3 - "$work/scale.json" <<'P'
import json, sys

s = json.load(open(sys.argv[1]))
print("| claim | measured | |\n| --- | --- | --- |")
def claim(what, value, limit):
    print(f"| {what} | {value} ms | {'holds' if value < limit else 'DOES NOT HOLD'} |")
claim("top 100 by risk under 50 ms, first query of a connection", s["top100"]["first"], 50)
claim("top 100 by risk under 50 ms, median", s["top100"]["median"], 50)
claim("opening the store under 100 ms, median", s["open_median"], 100)
print("\n| also | ms |\n| --- | --- |")
for name, value in s.items():
    if isinstance(value, dict) and "median" in value:
        print(f"| {name}, median | {value['median']} |")
print(f"| filling it | {s['insert']} |")
print(f"| a host's commit (1,000 resources, 300 findings), first | {s['host']['commit_first']} |")
print(f"| the same, nothing changed | {s['host']['commit_unchanged_median']} |")
print(f"\nThe file holds {s['bytes'] / 1e6:.0f} MB.")
P
