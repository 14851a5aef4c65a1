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


class Found:
    """Packages by (type, name, version): where they lie, and whether all that says so says `dev`."""

    def __init__(self):
        self.places = collections.defaultdict(set)
        self.dev = set()
        self.files = collections.defaultdict(set)

    def add(self, key, places, dev=False):
        self.places[key] |= places
        for place in places:
            self.files[key[0], place.split("!")[0]].add(key)
        if dev:
            self.dev.add(key)

    def versions(self, key):
        return {other[2] for other in self.places if other[:2] == key[:2]}


def ours(path):
    found = Found()
    for line in open(path):
        package = json.loads(line)
        kind = package["type"]
        key = (kind, name_of(kind, package.get("namespace"), package["name"]), version_of(kind, package["version"]))
        found.add(key, {place["path"] for place in package["locations"]}, package.get("dev", False))
    return found


def syft(path):
    found, others = Found(), collections.Counter()
    for package in json.load(open(path))["artifacts"]:
        kind = TYPES.get(package["type"])
        if kind is None:
            others[package["type"]] += 1
            continue
        key = (kind, name_of(kind, None, package["name"]), version_of(kind, package["version"]))
        found.add(key, {place["path"] for place in package["locations"]})
    return found, others


def dpkg(root):
    """Paths that packages of the distribution own, with /lib and its kin as they are in a merged /usr, and the names of
    packages that are removed but for their configuration."""
    owned, removed, foreign = set(), set(), set()
    status = os.path.join(root, "var/lib/dpkg/status")
    for paragraph in open(status).read().split("\n\n") if os.path.exists(status) else []:
        fields = dict(re.findall(r"^([A-Za-z-]+): (.*)$", paragraph, re.M))
        if fields.get("Status", "").endswith(("config-files", "not-installed")):
            removed.add(fields["Package"])
        if "Vendor" in fields or "@" not in fields.get("Maintainer", "@") or fields.get("Version", "").endswith("-0"):
            foreign.add(fields["Package"])
    folder = os.path.join(root, "var/lib/dpkg/info")
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        package = name.removesuffix(".list").split(":")[0]
        if not name.endswith(".list") or package in foreign:
            continue
        for line in open(os.path.join(folder, name), errors="replace"):
            line = line.rstrip("\n")
            owned.add(line)
            if re.match(r"/(bin|sbin|lib\w*)/", line):
                owned.add("/usr" + line)
    return owned, removed


def renamed(key, mine, theirs):
    """Whether the other side has a package of another name or version in the same file."""
    return any(theirs.files.get((key[0], place.split("!")[0])) for place in mine.places[key])


def only_syft(key, mine, theirs, owned, removed):
    kind, name, version = key
    places = theirs.places[key]
    if kind == "deb" and name in removed:
        return "removed: only its configuration is left"
    if kind != "deb" and all(place in owned for place in places):
        return "its file belongs to a package of Debian: we count that package, once"
    if kind == "golang" and (name.startswith("./") or not version):
        return "a main module or a directory that replaces a module: both have it, without a version; Syft takes the directory for its name"
    if kind == "golang" and mine.places.get(("golang", "stdlib", "")) is None and not mine.versions(key):
        program = next(iter(places))
        if {other[1] for other in mine.files.get((kind, program), ())} == {"stdlib"}:
            return "built without modules: Syft takes a version from flags of the linker; ours says that nothing is known"
    if kind == "maven" and renamed(key, theirs, mine):
        return "the same archive by another name: it holds no pom.properties, so that its name or manifest must do"
    if all(place.endswith("setup.py") or place in owned for place in places):
        return "pinned in a setup.py, a program: we run none and read what it installed"
    if kind == "nuget" and all(place.endswith((".exe", ".dll")) for place in places):
        return "the version resource of a Windows program, which names no package of NuGet"
    if kind == "golang" and mine.versions(key) == {""}:
        return "a main module: Syft takes a version from flags of the linker; ours says that none is known"
    if mine.versions(key):
        return "same package, another version of it"
    if not version:
        return "a name without a version"
    return None


def only_ours(key, mine, theirs):
    kind, name, version = key
    places = mine.places[key]
    if key in mine.dev:
        return "for development only, and marked so: Syft leaves these parts of lock files out"
    if kind == "golang" and not version:
        return "a main module or a replaced one, without a version: said, never matched"
    if kind == "maven" and renamed(key, mine, theirs):
        return "the same archive by another name: it holds no pom.properties, so that its name or manifest must do"
    if all(place.endswith("/_vendor/vendor.txt") for place in places):
        return "libraries inside pip, which Syft does not look for"
    if all(re.search(r"/go\.mod$|\.lock$|-lock\.|requirements.*\.txt$", place) for place in places):
        return "of a lock file or manifest of which Syft takes less"
    if kind == "npm" and all(place.endswith("package.json") for place in places):
        return "an installed package.json: Syft takes these for images only"
    if theirs.versions(key):
        return "same package, another version of it: there are several copies, and Syft leaves out some"
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
    owned, removed = dpkg(root)
    print("| type | Casemate | Syft | both |\n| --- | --- | --- | --- |")
    for kind in sorted({key[0] for key in mine.places} | {key[0] for key in theirs.places}):
        a, b = ({key for key in side.places if key[0] == kind} for side in (mine, theirs))
        print(f"| {kind} | {len(a)} | {len(b)} | {len(a & b)} |")
    left = [(key, only_syft(key, mine, theirs, owned, removed)) for key in theirs.places.keys() - mine.places.keys()]
    right = [(key, only_ours(key, mine, theirs)) for key in mine.places.keys() - theirs.places.keys()]
    table("Only Syft:", left)
    table("Only Casemate:", right)
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        print(f"\nSyft also has, of no format of packages (text in programs, kernel modules, steps of CI): {kinds}.")
    unexplained = sorted(key for key, why in left + right if why is None)
    print(f"\nDifferences without a reason: {len(unexplained)}.")
    for key in unexplained[:40]:
        places = mine.places.get(key) or theirs.places.get(key)
        print(f"- {' '.join(key)}: {', '.join(sorted(places)[:2])}")
    sys.exit(1 if unexplained else 0)


main()
