#!/usr/bin/env bash
# Claims, of the estate of AWS (../shared/estates/aws) on moto, three accounts in three regions:
#   scale 1 (371 resources): under 10 s beyond the emulator's time, under 150 MB, under 1,100 calls;
#   scale 10 (3,217): under 30 s beyond it, under 300 MB, under 7,000 calls; scale 100, from recorded answers: under 1 GB;
#   a second scan with 1 % changed makes under half of the calls (`--max-age`), with the trail under a tenth;
#   precision 1.00 and recall above 0.95 by the estate's scorer.
# Peer: Prowler (PyPI) on the same server behind the same counting proxy, the services of the estate, without retries.
# Prints Markdown. SCALES="1 10", SEED=7, PROWLER_RUNS=1 (0 leaves it out), COPIES=10 (of the largest scale, for memory),
# CASEMATE_AWS_PYTHON (a Python with moto; ./test makes one), PROWLER (its program).
set -euo pipefail
source "$(dirname "$0")/lib.sh"
bin=$(casemate)
estates=${ESTATES:-$repo/../shared/estates/aws}
python=${CASEMATE_AWS_PYTHON:-$target/aws-python/bin/python}
[ -x "$python" ] || { echo "no Python with moto at $python: run ./test, or name one by CASEMATE_AWS_PYTHON" >&2; exit 1; }
prowler=${PROWLER:-$target/prowler/bin/prowler}
if [ "${PROWLER_RUNS:-1}" -gt 0 ] && [ ! -x "$prowler" ]; then
	python3 -m venv "$target/prowler" && "$target/prowler/bin/pip" install -q prowler==5.46.0 >&2
fi
regions=us-east-1,eu-west-1,ap-southeast-2
role=OrganizationAccountAccessRole
services="acm apigateway awslambda cloudtrail cloudwatch config dynamodb ec2 ecr ecs efs eks elbv2 guardduty iam kms opensearch rds redshift s3 secretsmanager sns sqs ssm vpc"
export AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_DEFAULT_REGION=us-east-1
unset AWS_ENDPOINT_URL AWS_PROFILE AWS_SESSION_TOKEN

children=()
trap 'kill "${children[@]}" 2>/dev/null; rm -rf "$work"' EXIT
# started FILE TEXT: waits for a line of a server's output, and gives the address in it.
started() {
	for _ in $(seq 600); do
		grep -q "$2" "$1" 2>/dev/null && { grep -o 'http://[0-9.:]*' "$1" | head -1; return; }
		sleep 0.1
	done
	echo "did not start: $(cat "$1")" >&2
	return 1
}
ended() { kill "$1" && wait "$1" || true; }
# cpu PID: user and system seconds of a process so far.
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.2f", ($12 + $13) / hz }' "/proc/$1/stat"; }
calc() { awk "BEGIN { printf \"%.${2:-1}f\", $1 }"; }

# In a line, for a table: label, wall, user, system, peak MB, exit status, calls, seconds in the server, CPU of server and proxy.
# measured LABEL COMMAND... : behind the counting proxy.
measured() {
	local label=$1 port line before after
	shift
	port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	"$python" "$estates/deny_proxy.py" --upstream "$upstream" --listen "127.0.0.1:$port" --calls "$work/calls.json" >"$work/proxy" &
	local proxy=$!
	children+=("$proxy")
	started "$work/proxy" "proxy on" >/dev/null
	before=$(calc "$(cpu "$moto") + $(cpu "$proxy")" 2)
	line=$(AWS_ENDPOINT_URL=http://127.0.0.1:$port python3 "$here/measure.py" "$label" 1 -- "$@")
	after=$(calc "$(cpu "$moto") + $(cpu "$proxy")" 2)
	ended "$proxy"
	printf '%s\t%s\t%s\n' "$line" \
		"$(python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); print(d["total"], d["upstream_seconds"], sep="\t")' "$work/calls.json")" \
		"$(calc "$after - $before")"
}
# scan OUT ARGS... : the command line of our scan.
scan() {
	local out=$1
	shift
	echo "$bin" scan aws -q --accounts organization --role $role --regions $regions --format jsonl --out "$out" "$@"
}
# score FINDINGS [ARGS]: precision and recall by the estate's scorer, tab-separated.
score() {
	"$python" "$estates/score.py" --truth "$truth" --findings "$1" "${@:2}" | sed -n 's/^precision=\([0-9.]*\) recall=\([0-9.]*\).*/\1\t\2/p'
}
# The scorer takes a failure of a check that it does not know for an invented one.
for_scorer() {
	python3 - "$truth" "$1" <<'P'
import json, sys
known = {row["property"] for row in json.load(open(sys.argv[1]))["expectations"]}
for line in open(sys.argv[2]):
    line = json.loads(line)
    control = line.get("check", "").removeprefix("aws.")
    if line["type"] == "finding" and control in known:
        print(json.dumps({"resource": line["resource"]["id"], "control": control, "state": line["state"]}))
P
}
field() { cut -f"$2" <<<"$1"; }
row() {
	local line=$1 wall user system beyond
	wall=$(field "$line" 2) user=$(field "$line" 3) system=$(field "$line" 4)
	beyond=$(calc "$wall - $(field "$line" 9)")
	echo "| $(field "$line" 1) | $(field "$line" 7) | $wall | $(calc "$user + $system") | $(field "$line" 5) | $(field "$line" 8) | $(field "$line" 9) | $beyond | ${2:-} | ${3:-} |"
}

echo "$(machine)"
for scale in ${SCALES:-1 10}; do
	MOTO_IAM_LOAD_MANAGED_POLICIES=true MOTO_EC2_LOAD_DEFAULT_AMIS=false NO_COLOR=1 \
		"$(dirname "$python")/moto_server" -H 127.0.0.1 -p 0 >"$work/moto" 2>&1 &
	moto=$!
	children+=("$moto")
	upstream=$(started "$work/moto" "Running on")
	truth=$work/truth-$scale.json
	"$python" "$estates/seed_aws.py" --endpoint "$upstream" --scale "$scale" --seed "${SEED:-7}" --truth "$truth" >&2
	resources=$(python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["resources"]))' "$truth")
	export CASEMATE_STORE=$work/store-$scale.db
	ours=$(measured "Casemate" $(scan "$work/ours.jsonl"))
	IFS=$'\t' read -r precision recall < <(score <(for_scorer "$work/ours.jsonl"))

	peer=
	if [ "${PROWLER_RUNS:-1}" -gt 0 ]; then
		lines=()
		for account in $(python3 -c 'import json, sys; print(*(a if isinstance(a, str) else a["id"] for a in json.load(open(sys.argv[1]))["accounts"]))' "$truth"); do
			as=()
			[ "$account" = 123456789012 ] || as=(--role "arn:aws:iam::$account:role/$role")
			lines+=("$(measured Prowler "$prowler" aws --aws-retries-max-attempts 0 --region ${regions//,/ } --services $services \
				-M json-ocsf -o "$work/prowler-$scale" --output-filename "$account" -b -z "${as[@]}")")
		done
		peer=$(printf '%s\n' "${lines[@]}" | awk -F'\t' -v OFS='\t' '{ w += $2; u += $3; s += $4; if ($5 > m) m = $5; c += $7; t += $8; e += $9 }
			END { print "Prowler 5.46.0, the accounts one after the other", w, u, s, m, 0, c, t, e }')
		"$python" "$estates/peer_prowler.py" --truth "$truth" "$work/prowler-$scale"/*.ocsf.json >"$work/peer.jsonl" 2>/dev/null
		IFS=$'\t' read -r peer_precision peer_recall < <(score "$work/peer.jsonl")
		IFS=$'\t' read -r peer_precision_mapped peer_recall_mapped < <(score "$work/peer.jsonl" --only-reported)
	fi

	# The same scan from memory: first recorded, then measured.
	python3 "$here/aws_replay.py" --upstream "$upstream" --keep "$work/answers-$scale" >"$work/record" &
	recorder=$!
	children+=("$recorder")
	AWS_ENDPOINT_URL=$(started "$work/record" listening) CASEMATE_STORE=$work/recorded.db $(scan "$work/recorded.jsonl") || true
	ended "$recorder"
	# replayed LABEL COPIES: ours, from memory.
	replayed() {
		python3 "$here/aws_replay.py" --load "$work/answers-$scale" --copies "$2" >"$work/replay" &
		local replay=$! line
		children+=("$replay")
		AWS_ENDPOINT_URL=$(started "$work/replay" listening)
		export AWS_ENDPOINT_URL
		line=$(CASEMATE_STORE=$work/replayed-$2.db python3 "$here/measure.py" "$1" 1 -- $(scan "$work/replayed.jsonl"))
		unset AWS_ENDPOINT_URL
		ended "$replay"
		printf '%s\t%s\n' "$line" "$(tail -1 "$work/replay" | python3 -c \
			'import json, sys; d = json.load(sys.stdin); print(d["known"] + d["unknown"], 0, d["cpu_seconds"], d["unknown"], sep="\t")')"
	}
	memory=$(replayed "Casemate, answers from memory" 1)

	same=$(measured "Casemate again, nothing changed" $(scan "$work/same.jsonl"))
	changes=$(((resources + 99) / 100))
	AWS_ENDPOINT_URL=$upstream "$python" "$here/aws_change.py" --truth "$truth" --count "$changes" --events "$work/events.json" >&2
	# CloudTrail is put before moto, which has none. What the trail says counts from a scan that read all, so this one comes
	# before the one that believes by age.
	python3 "$here/aws_replay.py" --upstream "$upstream" --events "$work/events.json" >"$work/trail" &
	handed=$!
	children+=("$handed")
	before=$upstream
	upstream=$(started "$work/trail" listening)
	trail=$(measured "Casemate again, $changes changed, \`--since-trail\`" $(scan "$work/trail.jsonl" --since-trail))
	upstream=$before
	ended "$handed"
	aged=$(measured "Casemate again, $changes changed, \`--max-age 1d\`" $(scan "$work/aged.jsonl" --max-age 1d))

	echo
	echo "### Scale $scale: $resources resources"
	echo
	echo "| run | calls | wall s | CPU s | peak MB | s in the server, summed | CPU s of server and proxy | wall beyond it | precision | recall |"
	echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
	row "$ours" "$precision" "$recall"
	row "$memory"
	row "$same"
	row "$trail"
	row "$aged"
	if [ -n "$peer" ]; then
		row "$peer" "$peer_precision" "$peer_recall"
		beyond=$(calc "$(field "$ours" 2) - $(field "$ours" 9)" 2)
		echo "| Prowler, times ours | $(ratio "$(field "$peer" 7)" "$(field "$ours" 7)") | $(ratio "$(field "$peer" 2)" "$(field "$ours" 2)") |" \
			"$(ratio "$(calc "$(field "$peer" 3) + $(field "$peer" 4)" 2)" "$(calc "$(field "$ours" 3) + $(field "$ours" 4)" 2)") |" \
			"$(ratio "$(field "$peer" 5)" "$(field "$ours" 5)") | | | $(ratio "$(calc "$(field "$peer" 2) - $(field "$peer" 9)" 2)" "$beyond") | | |"
		echo
		echo "Over the controls that Prowler reports alone its precision is $peer_precision_mapped and its recall $peer_recall_mapped."
	fi
	echo
	echo "$(field "$memory" 10) of the calls from memory had no recorded answer; that server took $(field "$memory" 9) s of CPU."
	case $scale in
	1) bounds=(10 150 1100) ;;
	*) bounds=(30 300 7000) ;;
	esac
	beyond=$(calc "$(field "$ours" 2) - $(field "$ours" 9)" 2)
	calls=$(field "$ours" 7)
	echo
	echo "| claim | measured | |"
	echo "| --- | --- | --- |"
	echo "| under ${bounds[0]} s beyond the emulator's time | $beyond s; $(field "$memory" 2) s from memory | $(verdict "$beyond" "${bounds[0]}") |"
	echo "| under ${bounds[1]} MB | $(field "$ours" 5) MB | $(verdict "$(field "$ours" 5)" "${bounds[1]}") |"
	echo "| under ${bounds[2]} calls | $calls | $(verdict "$calls" "${bounds[2]}") |"
	echo "| precision 1.00 | $precision | $(verdict 0.99995 "$precision") |"
	echo "| recall above 0.95 | $recall | $(verdict 0.95 "$recall") |"
	echo "| 1 % changed: under half of the calls | $(field "$aged" 7), $(ratio "$(field "$aged" 7)" "$calls") times | $(verdict "$(field "$aged" 7)" "$(calc "$calls / 2")") |"
	echo "| 1 % changed, with the trail: under a tenth of the calls | $(field "$trail" 7), $(ratio "$(field "$trail" 7)" "$calls") times | $(verdict "$(field "$trail" 7)" "$(calc "$calls / 10")") |"
	ended "$moto"
done

copies=${COPIES:-10}
[ "$copies" -gt 1 ] || exit 0
half=$(replayed "half" $((copies / 2)))
many=$(replayed "many" "$copies")
echo
echo "### The answers of scale $scale for $copies times as many accounts, from memory: $((resources * copies)) resources"
echo
echo "| accounts | calls | wall s | CPU s | peak MB |"
echo "| --- | --- | --- | --- | --- |"
for line in "3:$memory" "$((3 * (copies / 2))):$half" "$((3 * copies)):$many"; do
	accounts=${line%%:*} line=${line#*:}
	echo "| $accounts | $(field "$line" 7) | $(field "$line" 2) | $(calc "$(field "$line" 3) + $(field "$line" 4)") | $(field "$line" 5) |"
done
echo
echo "| claim | measured | |"
echo "| --- | --- | --- |"
echo "| under 1 GB | $(field "$many" 5) MB | $(verdict "$(field "$many" 5)" 1000) |"
echo "| linear: $copies times the accounts in at most $copies times the wall time, and a tenth | $(ratio "$(field "$many" 2)" "$(field "$memory" 2)") times | $(verdict "$(field "$many" 2)" "$(calc "$(field "$memory" 2) * $copies * 1.1")") |"
