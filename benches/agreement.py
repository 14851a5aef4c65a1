#!/usr/bin/env python3
"""Claim: where Casemate and OpenSCAP judge the same rule they say the same, or it is explained who is wrong and why.

Both run on this machine as it is, on a scratch Debian 12 as its packages leave it, on the same hardened, and on the
hardened one after each of the mutations in `mutations.py`. A scratch root is an overlay over a debootstrap, entered in
its own mount, network, PID and UTS namespaces, so that nothing outside it changes; both tools run inside it, live.

The rules are those of ComplianceAsCode that our checks name in `frameworks.ssg` and that the packages `ssg-debian`
(Debian 11) or, where that one lacks the rule, `ssg-debderived` (Ubuntu 22.04) can judge. Their content says `not
applicable` on Debian 12, so copies made for the run leave the platform of the benchmark out, and nothing else but the
rule that a machine with /.dockerenv is no machine.

agreement.py [--base DIR] [--out FILE] [--only NAME]... [--skip-live]
Writes the generated part of docs/agreement.md and prints the totals. Exit status 1 when a disagreement has no
explanation in `agreement-why.yaml`, or an explanation there explains nothing.
"""
import argparse
import collections
import concurrent.futures
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import mutations

HERE = pathlib.Path(__file__).resolve().parent
REPO = HERE.parent
CONTENT = pathlib.Path("/usr/share/xml/scap/ssg/content")
STREAMS = {"debian": "ssg-debian11-ds.xml", "ubuntu": "ssg-ubuntu2204-ds.xml"}
PREFIX = "xccdf_org.ssgproject.content_rule_"
PROFILE = "xccdf_org.ssgproject.content_profile_agreement"
# What the scratch root holds beside a minimal Debian: what the rules speak of.
INCLUDE = (
    "systemd,systemd-sysv,openssh-server,sudo,auditd,audispd-plugins,libpam-pwquality,rsyslog,cron,chrony,ufw,"
    "openscap-scanner,grub-common,grub2-common,procps,kmod,logrotate,login,passwd,iptables,apparmor,aide-common,netbase,bsdutils"
)

ENTER = r"""
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs "$WORK"
mkdir "$WORK/upper" "$WORK/work" "$WORK/root"
mount -t overlay overlay -o "lowerdir=$BASE,upperdir=$WORK/upper,workdir=$WORK/work" "$WORK/root"
root=$WORK/root
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for node in null:3 zero:5 full:7 random:8 urandom:9; do mknod -m 666 "$root/dev/${node%:*}" c 1 "${node#*:}"; done
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$root/run"
mkdir "$root/run/agreement"
mount --bind "$SHARE" "$root/run/agreement"
ip link set lo up 2>/dev/null || true
exec chroot "$root" /bin/bash -eu /run/agreement/inside.sh
"""

INSIDE = r"""
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
cd /
for step in /run/agreement/steps/*.sh; do
    [ -e "$step" ] || continue
    bash -eu "$step" >>/run/agreement/out/steps.log 2>&1 || { echo "$step failed" >/run/agreement/out/failed; exit 1; }
done
for content in /run/agreement/*.xml; do
    name=$(basename "$content" .xml)
    timeout 600 oscap xccdf eval --skip-valid --profile "$PROFILE" --progress "$content" \
        >"/run/agreement/out/$name.txt" 2>"/run/agreement/out/$name.err" || true
done
timeout 120 /run/agreement/casemate scan -q --content /run/agreement/content --baseline agreement \
    --store /run/agreement/out/store.db --format jsonl --out /run/agreement/out/casemate.jsonl || true
bash -eu /run/agreement/undo.sh || true
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="/var/tmp/casemate-agreement/base", type=pathlib.Path)
    parser.add_argument("--out", default=REPO / "docs/agreement.md", type=pathlib.Path)
    parser.add_argument("--only", action="append", default=[], help="only these mutations; the page is not written")
    parser.add_argument("--skip-live", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=pathlib.Path, help="keep what the tools said in this directory (NAME.json, NAME.ours.json), and use what is there instead of running them")
    return parser.parse_args()


def binary():
    given = os.environ.get("CASEMATE")
    if given:
        return pathlib.Path(given)
    subprocess.run(["cargo", "build", "--release", "--locked", "-q", "-p", "casemate"], cwd=REPO, check=True)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", REPO / "target")) / "release/casemate"


def need(*packages):
    missing = [
        p
        for p in packages
        if subprocess.run(["dpkg-query", "-W", p], capture_output=True).returncode != 0
    ]
    if missing:
        subprocess.run(["apt-get", "install", "-y", "-qq", *missing], check=True, stdout=sys.stderr)


def base_make(base):
    """A minimal Debian 12 with what the rules speak of; made once and never written to afterwards."""
    done = base.parent / "base.done"
    if done.exists():
        return
    shutil.rmtree(base, ignore_errors=True)
    base.parent.mkdir(parents=True, exist_ok=True)
    command = ["debootstrap", "--variant=minbase", f"--include={INCLUDE}", "bookworm", str(base)]
    subprocess.run([*command, "http://deb.debian.org/debian"], check=True, stdout=sys.stderr)
    done.touch()


def stream_copy(source, to, wanted):
    """A copy that judges any system, with one more profile: the rules of `wanted` that it has. These are returned."""
    text = (CONTENT / source).read_text()
    text = re.sub(r"<xccdf-1.2:platform idref=\"(cpe:[^\"]*|#machine)\"/>", "", text)
    rules = wanted & set(re.findall(rf'<xccdf-1.2:Rule [^>]*id="{PREFIX}([^"]+)"', text))
    # OpenSCAP passes over every second child where no white space stands between them.
    select = "\n".join(f'<xccdf-1.2:select idref="{PREFIX}{r}" selected="true"/>' for r in sorted(rules))
    title = '<xccdf-1.2:title override="true">agreement</xccdf-1.2:title>'
    profile = f'<xccdf-1.2:Profile id="{PROFILE}">\n{title}\n{select}\n</xccdf-1.2:Profile>\n'
    to.write_text(text.replace("<xccdf-1.2:Profile ", profile + "<xccdf-1.2:Profile ", 1))
    return rules


def share_make(into, casemate, streams):
    """The directory that is mounted into a root: the binary, their content, our baseline, and a place for the output."""
    (into / "out").mkdir(parents=True)
    (into / "steps").mkdir()
    (into / "content/baselines").mkdir(parents=True)
    shutil.copy(casemate, into / "casemate")
    for name, path in streams.items():
        os.link(path, into / f"{name}.xml")
    shutil.copy(HERE / "agreement-baseline.yaml", into / "content/baselines/agreement.yaml")
    (into / "inside.sh").write_text(INSIDE)


def kept_read(args, name):
    path = args.keep / name if args.keep else None
    return json.loads(path.read_text()) if path and path.exists() else None


def kept_write(args, name, kept, said):
    """Writes what was not kept before, and returns what both said."""
    said = {**said, "theirs": said["theirs"] if kept is None else kept}
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        (args.keep / f"{name}.json").write_text(json.dumps(said["theirs"]))
        (args.keep / f"{name}.ours.json").write_text(json.dumps(said["ours"]))
    return said


def run_root(args, name, casemate, streams, steps, undo=""):
    """Applies `steps` to a fresh overlay of the base and runs both tools in it."""
    kept, ours = kept_read(args, f"{name}.json"), kept_read(args, f"{name}.ours.json")
    if kept is not None and ours is not None:
        return {"theirs": kept, "ours": ours}
    if kept is not None:
        streams = {}
    with tempfile.TemporaryDirectory(dir=args.base.parent) as temporary:
        share, work = pathlib.Path(temporary, "share"), pathlib.Path(temporary, "work")
        work.mkdir()
        share_make(share, casemate, streams)
        (share / "undo.sh").write_text(undo)
        for n, step in enumerate(steps):
            (share / "steps" / f"{n}.sh").write_text(step)
        environment = {**os.environ, "PROFILE": PROFILE, "WORK": str(work), "BASE": str(args.base), "SHARE": str(share)}
        command = ["unshare", "-m", "-n", "-p", "-u", "-f", "--kill-child", "bash", "-c", ENTER]
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode or (share / "out/failed").exists():
            log = share / "out/steps.log"
            raise RuntimeError(f"{done.stderr}\n{log.read_text() if log.exists() else ''}")
        said = read(share / "out")
    return kept_write(args, name, kept, said)


def run_live(args, casemate, streams):
    kept, ours = kept_read(args, "live.json"), kept_read(args, "live.ours.json")
    if kept is not None and ours is not None:
        return {"theirs": kept, "ours": ours}
    if kept is not None:
        streams = {}
    with tempfile.TemporaryDirectory() as temporary:
        share = pathlib.Path(temporary, "share")
        share_make(share, casemate, streams)
        out = share / "out"
        for name, path in streams.items():
            command = ["timeout", "1200", "oscap", "xccdf", "eval", "--skip-valid", "--profile", PROFILE, "--progress", str(path)]
            with open(out / f"{name}.txt", "w") as to:
                subprocess.run(command, stdout=to, stderr=subprocess.DEVNULL)
        command = [casemate, "scan", "-q", "--content", share / "content", "--baseline", "agreement"]
        subprocess.run([*command, "--store", out / "store.db", "--format", "jsonl", "--out", out / "casemate.jsonl"])
        said = read(out)
    return kept_write(args, "live", kept, said)


def read(out):
    theirs = {}
    for name in STREAMS:
        path = out / f"{name}.txt"
        for line in path.read_text().splitlines() if path.exists() else ():
            rule, _, result = line.strip().rpartition(":")
            if rule.startswith(PREFIX):
                theirs.setdefault(name, {})[rule.removeprefix(PREFIX)] = result
    ours = collections.defaultdict(list)
    for line in (out / "casemate.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["type"] == "finding":
            ours[row["check"]].append({"state": row["state"], "reason": row["reason"], "on": row["resource"]["name"]})
    return {"theirs": theirs, "ours": ours}


WORST = ["fail", "unknown", "pass", "not_applicable"]


def our_verdict(checks, findings):
    """The worst of all checks of a rule on all resources, with the reason of that one."""
    rows = [(WORST.index(f["state"]), c, f) for c in checks for f in findings.get(c, ())]
    if not rows:
        return "absent", "", "no resource of this kind"
    at, check, finding = min(rows, key=lambda row: row[0])
    return WORST[at], check, finding["reason"]


SAME = {("pass", "pass"), ("fail", "fail"), ("notapplicable", "not_applicable"), ("notapplicable", "absent")}
SILENT = {"notapplicable", "notchecked", "error", "unknown"}


def compare(rules, checks, said):
    """rule -> (theirs, our state, our check, our reason, class)."""
    table = {}
    for rule, stream in rules.items():
        theirs = said["theirs"].get(stream, {}).get(rule, "absent")
        state, check, reason = our_verdict(checks[rule], said["ours"])
        if (theirs, state) in SAME:
            kind = "agree"
        elif theirs in SILENT or theirs == "absent":
            kind = "theirs silent"
        elif state in ("not_applicable", "absent"):
            kind = "ours not applicable"
        elif state == "unknown":
            kind = "ours unknown"
        else:
            kind = "differ"
        table[rule] = (theirs, state, check, reason, kind)
    return table


def cell(text):
    return " ".join(str(text).split()).replace("|", "\\|")[:160]


def load_why():
    import tomllib

    groups = tomllib.loads((HERE / "agreement-why.toml").read_text())["why"]
    return groups, {rule: n for n, group in enumerate(groups) for rule in group["rules"]}


# Two values that mean the same on both sides are not worth an explanation; these are.
EXPLAIN = ("differ", "ours not applicable", "ours unknown")


class Page:
    """Collects rows, totals, and which explanations were used."""

    def __init__(self, why):
        self.groups, self.why = why
        self.lines = []
        self.totals = collections.defaultdict(collections.Counter)
        self.differing = collections.defaultdict(set)
        self.missing = []
        self.used = set()
        self.situation = ""
        self.whose = collections.defaultdict(collections.Counter)

    def row_note(self, rule, situation, entry):
        theirs, state, check, reason, kind = entry
        if kind not in EXPLAIN:
            return kind if kind != "agree" else "yes"
        self.differing[rule].add((situation, theirs, state, check, reason, kind))
        if rule in self.why:
            self.used.add(rule)
            who = self.groups[self.why[rule]]["who"]
            self.whose[self.situation][who] += 1
            return f"[{who}](#why-{self.why[rule] + 1})"
        self.missing.append((rule, situation, theirs, state, check, reason))
        return f"**{kind}, not explained**"

    def full(self, title, table):
        self.situation = title
        self.lines += [f"### {title}", "", "| rule | OpenSCAP | Casemate | check | reason | agree |", "| --- | --- | --- | --- | --- | --- |"]
        for rule, entry in sorted(table.items()):
            theirs, state, check, reason, kind = entry
            note = self.row_note(rule, title, entry)
            self.totals[title][kind] += 1
            self.lines.append(f"| {rule} | {theirs} | {state} | {check} | {cell(reason)} | {note} |")
        self.lines.append("")

    def mutation(self, mutation, before, after):
        title = self.situation = "each mutation"
        changed = [r for r in after if r not in mutation.turns and (after[r][:2] != before[r][:2])]
        for rule in [*mutation.turns, *sorted(changed)]:
            if rule not in after:
                continue
            theirs, state, check, reason, kind = after[rule]
            was_theirs, was_state = before[rule][:2]
            note = self.row_note(rule, mutation.name, after[rule])
            self.totals[title][kind] += 1
            arrow = lambda a, b: b if a == b else f"{a} → {b}"
            self.lines.append(
                f"| {mutation.name} | {rule} | {arrow(was_theirs, theirs)} | {arrow(was_state, state)} | {check} | {cell(reason)} | {note} |"
            )


def main():
    args = arguments()
    if os.geteuid():
        sys.exit("agreement.py needs root: it enters namespaces and changes files in a scratch root")
    need("debootstrap", "openscap-scanner", "ssg-debian", "ssg-debderived", "iproute2")
    casemate = binary()
    base_make(args.base)
    listed = json.loads(subprocess.run([casemate, "check", "list", "--format", "json"], check=True, capture_output=True).stdout)
    checks = collections.defaultdict(list)
    for check in listed:
        for rule in check["frameworks"].get("ssg", ()):
            checks[rule].append(check["id"])
    copies = pathlib.Path(tempfile.mkdtemp(dir=args.base.parent))
    streams, rules = {name: copies / f"{name}.xml" for name in STREAMS}, {}
    for name, source in STREAMS.items():
        for rule in stream_copy(source, streams[name], set(checks) - set(rules)):
            rules[rule] = name
    unknown = {r for m in mutations.MUTATIONS for r in m.turns if r not in rules}
    if unknown:
        sys.exit(f"mutations speak of rules that nobody judges: {sorted(unknown)}")

    chosen = [m for m in mutations.MUTATIONS if not args.only or m.name in args.only]

    families = collections.defaultdict(set)
    for m in mutations.MUTATIONS:
        families[m.family] |= set(m.turns)

    def mutate(mutation):
        watched = set(mutation.turns) | (families[mutation.family] - mutations.SLOW)
        steps, used = [mutations.HARDEN, mutation.script], {}
        for name in sorted({rules[r] for r in watched}):
            used[name] = copies / f"{name}-{mutation.name}.xml"
            stream_copy(STREAMS[name], used[name], {r for r in watched if rules[r] == name})
        try:
            return mutation, watched, run_root(args, mutation.name, casemate, used, steps, mutation.undo)
        except RuntimeError as error:
            return mutation, watched, str(error)

    try:
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            live = None if args.skip_live else pool.submit(run_live, args, casemate, streams)
            hard = pool.submit(run_root, args, "hardened", casemate, streams, [mutations.HARDEN])
            stock = pool.submit(run_root, args, "stock", casemate, streams, [])
            after = list(pool.map(mutate, [m for m in chosen if not m.undo]))
            hard, stock, live = hard.result(), stock.result(), live and live.result()
        # These change the one kernel that all roots share, so they are alone.
        after += [mutate(m) for m in chosen if m.undo]
    finally:
        shutil.rmtree(copies)

    page = Page(load_why())
    before = compare(rules, checks, hard)
    page.lines += ["### Each mutation of the hardened root", "", "What a mutation is about, and every other verdict of its family (the first word of its name) that it moved. An arrow is a change from the hardened root.", "", "| mutation | rule | OpenSCAP | Casemate | check | reason | agree |", "| --- | --- | --- | --- | --- | --- | --- |"]
    failed = []
    for mutation, watched, said in after:
        if isinstance(said, str):
            failed.append((mutation.name, said))
            continue
        now = compare({r: rules[r] for r in sorted(watched)}, checks, said)
        page.mutation(mutation, before, now)
    page.lines.append("")
    if live:
        page.full("This machine as it is", compare(rules, checks, live))
    page.full("A scratch Debian 12 as installed", compare(rules, checks, stock))
    page.full("The same, hardened", before)

    kinds = ["agree", "differ", "ours not applicable", "ours unknown", "theirs silent"]
    head = ["| situation | rules | " + " | ".join(kinds) + " | agree, of those that both judged |", "| --- |" + " --- |" * (len(kinds) + 2)]
    for title, count in page.totals.items():
        both = count["agree"] + count["differ"]
        head.append(f"| {title} | {sum(count.values())} | " + " | ".join(str(count[k]) for k in kinds) + f" | {100 * count['agree'] / max(both, 1):.1f} % |")
    kinds = ["theirs wrong", "theirs older", "ours wrong", "wider", "setting", "scope"]
    head += ["", "| explained as | " + " | ".join(kinds) + " |", "| --- |" + " --- |" * len(kinds)]
    for title in page.totals:
        head.append(f"| {title} | " + " | ".join(str(page.whose[title][k]) for k in kinds) + " |")
    print("\n".join(head))
    for name, why in failed:
        print(f"mutation {name} could not be made: {why}", file=sys.stderr)
    for row in page.missing:
        print("not explained:", *row, sep="\t", file=sys.stderr)
    idle = sorted(set(page.why) - page.used) if not args.only and not args.skip_live else []
    if idle:
        print("explains nothing:", *idle, file=sys.stderr)
    if not args.only:
        write(args.out, page, head, chosen)
    return 1 if page.missing or failed or idle else 0


BEGIN, END = "<!-- generated by benches/agreement.py: do not edit below -->", "<!-- end of the generated part -->"


def write(path, page, head, chosen):
    out = [BEGIN, "", f"Made {datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC.", "", "## Totals", "", *head, ""]
    out += ["## Each disagreement", ""]
    for n, group in enumerate(page.groups):
        seen = [r for r in group["rules"] if r in page.differing]
        if not seen:
            continue
        out += [f'<a id="why-{n + 1}"></a>', "", f"**{n + 1}. {group['who'].capitalize()}.** {' '.join(group['why'].split())}", ""]
        for rule in seen:
            rows = page.differing[rule]
            states = collections.defaultdict(set)
            for place, theirs, ours, *_ in rows:
                states[f"OpenSCAP {theirs}, Casemate {ours}"].add(place)
            told = "; ".join(f"{what}: {', '.join(sorted(where))}" for what, where in sorted(states.items()))
            out.append(f"- `{rule}`. {told}")
        out.append("")
    out += ["## The mutations", "", "| name | what |", "| --- | --- |", *(f"| {m.name} | {cell(m.what)} |" for m in chosen), "", "## Verdict by verdict", "", *page.lines, END]
    kept = path.read_text().split(BEGIN)[0] if path.exists() else "# Agreement with OpenSCAP\n\n"
    path.write_text(kept + "\n".join(out) + "\n")


if __name__ == "__main__":
    sys.exit(main())
