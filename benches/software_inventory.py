#!/usr/bin/env python3
"""Sets the packages that Casemate and Syft find in one directory side by side, and says why each difference is there.

software_inventory.py ROOT OURS.jsonl SYFT.json    Prints Markdown. Exit status 1 where a difference has no reason.
"""
import collections
import json
import os
import re
import sys

# Syft's words for our types. What is not here has no package format that both know.
TYPES = {
    "deb": "deb", "apk": "apk", "rpm": "rpm", "python": "pypi", "npm": "npm", "go-module": "golang", "rust-crate": "cargo",
    "java-archive": "maven", "gem": "gem", "php-composer": "composer", "dotnet": "nuget",
}


def name_of(kind, namespace, name):
    """One spelling: PEP 503 for Python; Java by artifact alone, whose group Syft keeps elsewhere."""
    if kind == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    if namespace and kind not in ("maven", "deb", "rpm", "apk"):
        return f"{namespace}/{name}"
    return name


def version_of(kind, version):
    if kind == "golang":
        version = re.sub(r"^go", "", version or "").replace("(devel)", "")
    return "" if version in (None, "UNKNOWN") else version


def ours(path):
    found = collections.defaultdict(set)
    for line in open(path):
        package = json.loads(line)
        key = (package["type"], name_of(package["type"], package.get("namespace"), package["name"]),
               version_of(package["type"], package["version"]))
        found[key] |= {place["path"] for place in package["locations"]}
    return found


def syft(path):
    found, others = collections.defaultdict(set), collections.Counter()
    for package in json.load(open(path))["artifacts"]:
        kind = TYPES.get(package["type"])
        if kind is None:
            others[package["type"]] += 1
            continue
        key = (kind, name_of(kind, None, package["name"]), version_of(kind, package["version"]))
        found[key] |= {place["path"] for place in package["locations"]}
    return found, others


def owned_by_deb(root):
    """Paths that dpkg's lists name, with /lib and its kin as they are in a merged /usr."""
    owned = set()
    folder = os.path.join(root, "var/lib/dpkg/info")
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        if name.endswith(".list"):
            for line in open(os.path.join(folder, name), errors="replace"):
                line = line.rstrip("\n")
                owned.add(line)
                if re.match(r"/(bin|sbin|lib\w*)/", line):
                    owned.add("/usr" + line)
    return owned


def only_syft(key, places, mine, owned):
    kind, name, version = key
    if kind != "deb" and places and all(place in owned for place in places):
        return "its file belongs to a Debian package: we count that package, once"
    versions = {other[2] for other in mine if other[:2] == (kind, name)}
    if versions == {""} or (not version and versions):
        return "same package; one of the two takes the version of a working tree, which is no release, for one"
    if not version:
        return "Syft has no version for it either, and a name alone: requirements or a main module"
    if kind == "golang" and any("vendor" in place or "testdata" in place for place in places):
        return "a go.mod of vendored sources or test data: nothing was built from it as it stands"
    if any("/test" in place or "/doc/" in place for place in places):
        return "test data and examples that are named like a manifest"
    return None


def only_ours(key, places, theirs):
    kind, name, version = key
    if kind == "golang" and not version:
        return "main module or replaced module without a version: said, never matched"
    if {other[2] for other in theirs if other[:2] == (kind, name)}:
        return "same package, another version: each reads another file of it, or Syft drops what it takes for a copy"
    if all(re.search(r"/go\.mod$|Cargo\.lock$|package-lock\.json$|requirements.*\.txt$", place) for place in places):
        return "a lock file or manifest that Syft does not read in this form"
    if kind == "npm" and all(place.endswith("package.json") for place in places):
        return "an installed package.json that Syft leaves out in directories unless it is asked for images"
    return None


def table(title, rows):
    print(f"\n{title}\n\n| type | packages | why | examples |\n| --- | --- | --- | --- |")
    groups = collections.defaultdict(list)
    for (kind, name, version), why in rows:
        groups[kind, why or "**no reason known**"].append(f"{name} {version}".strip())
    for (kind, why), names in sorted(groups.items()):
        print(f"| {kind} | {len(names)} | {why} | {', '.join(sorted(names)[:3])} |")


def main():
    root, mine, (theirs, others) = sys.argv[1], ours(sys.argv[2]), syft(sys.argv[3])
    owned = owned_by_deb(root)
    print("| type | Casemate | Syft | both |\n| --- | --- | --- | --- |")
    for kind in sorted({key[0] for key in mine} | {key[0] for key in theirs}):
        a, b = ({key for key in side if key[0] == kind} for side in (mine, theirs))
        print(f"| {kind} | {len(a)} | {len(b)} | {len(a & b)} |")
    left = [(key, only_syft(key, theirs[key], mine, owned)) for key in theirs.keys() - mine.keys()]
    right = [(key, only_ours(key, mine[key], theirs)) for key in mine.keys() - theirs.keys()]
    table("Only Syft:", left)
    table("Only Casemate:", right)
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        print(f"\nOf types that are no packages of a format (guessed from text in programs, kernel modules, CI steps), Syft has: {kinds}.")
    unexplained = [key for key, why in left + right if why is None]
    print(f"\nDifferences without a reason: {len(unexplained)}.")
    for kind, name, version in sorted(unexplained)[:40]:
        key = (kind, name, version)
        print(f"- {kind} {name} {version}: {', '.join(sorted(mine.get(key) or theirs.get(key))[:2])}")
    sys.exit(1 if unexplained else 0)


main()
