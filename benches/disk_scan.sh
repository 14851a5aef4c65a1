#!/usr/bin/env bash
# Claim: the packages of a Debian's disk are read from its qcow2 in under 2 s and 100 MB, packed or not, and are those of
# the unpacked directory. Peer: Syft on the unpacked directory, since it reads no disks.
# Runs `crates/collect/disk/examples/packages.rs` in release and prints Markdown. Needs debootstrap (or ROOT, an unpacked
# system), e2fsprogs and qemu-utils; SYFT names the peer. RUNS=5 by default, DIR is where the disks are made.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
runs=${RUNS:-5}
need e2fsprogs qemu-utils
root=${ROOT:-$work/root}
if [ ! -d "$root" ]; then
	need debootstrap
	debootstrap --variant=minbase bookworm "$root" >&2
fi
(cd "$repo" && cargo build --release --locked -q -p casemate-collect-disk --example packages) >&2
bin=$target/release/examples/packages
syft=${SYFT:-$(command -v syft || true)}

size=$(du -sm "$root" | cut -f1)
mkfs.ext4 -q -F -d "$root" "$work/disk.raw" "$((size * 3 / 2 + 64))M"
qemu-img convert -O qcow2 "$work/disk.raw" "$work/disk.qcow2"
qemu-img convert -O qcow2 -c "$work/disk.raw" "$work/zlib.qcow2"
qemu-img convert -O qcow2 -c -o compression_type=zstd "$work/disk.raw" "$work/zstd.qcow2"
measure() { python3 "$here/measure.py" "$@"; }

echo "$(machine)"
echo
echo "A Debian of $size MB: $("$bin" "$work/disk.qcow2" | head -1)"
echo
echo "| run | file MB | wall s | user s | system s | peak MB |"
echo "| --- | --- | --- | --- | --- | --- |"
row() {
	local mb=$1
	shift
	local label wall user system peak status
	IFS=$'\t' read -r label wall user system peak status < <(measure "$@")
	echo "| $label | $mb | $wall | $user | $system | $peak |"
	[ "$status" = 0 ] || echo "| $label ended with $status | | | | | |"
}
mb() { du -m "$1" | cut -f1; }
for disk in disk.raw disk.qcow2 zlib.qcow2 zstd.qcow2; do
	row "$(mb "$work/$disk")" "$disk, packages" "$runs" -- "$bin" "$work/$disk"
done
row "$(mb "$work/disk.qcow2")" "disk.qcow2, packages and secrets" "$runs" -- "$bin" "$work/disk.qcow2" --secrets
if [ -n "$syft" ]; then
	SYFT_CHECK_FOR_APP_UPDATE=false row "$size" "Syft, the directory" "$runs" -- "$syft" scan -q -o json "dir:$root"
	theirs=$(SYFT_CHECK_FOR_APP_UPDATE=false "$syft" scan -q -o json "dir:$root" |
		python3 -c 'import json,sys; print(sum(a["type"] == "deb" for a in json.load(sys.stdin)["artifacts"]))')
	echo
	echo "Debian packages by Syft: $theirs; by dpkg: $(dpkg-query --admindir="$root/var/lib/dpkg" -W 2>/dev/null | wc -l)"
fi
