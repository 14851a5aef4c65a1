# Shared by the scripts beside it; source it.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(dirname "$here")
target=${CARGO_TARGET_DIR:-$repo/target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The release binary: $CASEMATE, or built here.
casemate() {
	if [ -z "${CASEMATE:-}" ]; then
		(cd "$repo" && cargo build --release --locked -q -p casemate) >&2
		CASEMATE=$target/release/casemate
	fi
	echo "$CASEMATE"
}

# need PACKAGE... : installs the peers from the distribution where they are missing.
need() {
	local missing=()
	for package in "$@"; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
	done
	[ ${#missing[@]} -eq 0 ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >&2
}

# The machine in one line, so that a table can be read without the log.
machine() {
	local cpu
	cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
	echo "$(nproc) cores of $cpu, $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' /proc/meminfo), kernel $(uname -r)," \
		"$(. /etc/os-release && echo "$PRETTY_NAME"), $(date -u +%Y-%m-%d\ %H:%M) UTC, load $(cut -d' ' -f1 /proc/loadavg)"
}

# ratio A B: how many times A is B.
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.1f", a / b; else printf "-" }'; }
verdict() { awk -v a="$1" -v b="$2" 'BEGIN { print (a < b) ? "holds" : "DOES NOT HOLD" }'; }
