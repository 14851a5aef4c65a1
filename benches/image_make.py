#!/usr/bin/env python3
"""Writes an OCI layout of an image of about MB megabytes and five layers, in two packings: tags `gz` and `zstd`.

image_make.py ROOT LAYOUT MB: the lowest layer is the tree below ROOT, the others are made up: documents, Python and npm
packages, programs, logs. The same arguments give the same bytes.
"""
import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tarfile


def main():
    root, layout, size = sys.argv[1], sys.argv[2], int(sys.argv[3]) << 20
    blobs = os.path.join(layout, "blobs/sha256")
    os.makedirs(blobs, exist_ok=True)
    rng = random.Random(4)
    words = ["".join(rng.choice("etaoinshrdlucmfw") for _ in range(rng.randint(2, 9))) for _ in range(3000)]
    parts = [tree(root)]
    left = max(size - len(parts[0]), 64 << 20)
    for part, share in [(documents, 0.2), (packages, 0.2), (programs, 0.35), (logs, 0.25)]:
        parts.append(part(rng, words, int(left * share)))
    manifests = []
    for tag, command in [("gz", ["gzip", "-n", "-6"]), ("zstd", ["zstd", "-q", "-3"])]:
        layers = []
        for tar in parts:
            packed = subprocess.run(command, input=tar, stdout=subprocess.PIPE, check=True).stdout
            media = f"application/vnd.oci.image.layer.v1.tar+{'gzip' if tag == 'gz' else 'zstd'}"
            layers.append(blob(blobs, packed, media))
        diff_ids = ["sha256:" + hashlib.sha256(tar).hexdigest() for tar in parts]
        config = {"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": diff_ids}}
        config["history"] = [{"created_by": f"step {n} {tag}"} for n in range(len(parts))]
        config = blob(blobs, json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json")
        manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json"}
        manifest |= {"config": config, "layers": layers}
        manifest = blob(blobs, json.dumps(manifest).encode(), manifest["mediaType"])
        manifest["annotations"] = {"org.opencontainers.image.ref.name": tag}
        manifests.append(manifest)
        with open(os.path.join(layout, f"{tag}.layers"), "w") as out:
            for layer in layers:
                print(os.path.join(blobs, layer["digest"][7:]), file=out)
        # Peers take a layout of one image.
        index(os.path.join(layout, tag), [manifest], blobs)
    index(layout, manifests, None)
    print(sum(map(len, parts)) >> 20)


def index(layout, manifests, blobs):
    os.makedirs(layout, exist_ok=True)
    if blobs:
        os.makedirs(os.path.join(layout, "blobs"), exist_ok=True)
        os.symlink(os.path.abspath(blobs), os.path.join(layout, "blobs/sha256"))
    with open(os.path.join(layout, "index.json"), "w") as out:
        json.dump({"schemaVersion": 2, "manifests": manifests}, out)
    with open(os.path.join(layout, "oci-layout"), "w") as out:
        out.write('{"imageLayoutVersion":"1.0.0"}')


def blob(blobs, data, media):
    digest = hashlib.sha256(data).hexdigest()
    with open(os.path.join(blobs, digest), "wb") as out:
        out.write(data)
    return {"mediaType": media, "digest": "sha256:" + digest, "size": len(data)}


def tree(root):
    command = ["tar", "--sort=name", "--numeric-owner", "--one-file-system", "-C", root, "-cf", "-", "."]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


class Layer:
    def __init__(self):
        self.bytes = io.BytesIO()
        self.tar = tarfile.open(fileobj=self.bytes, mode="w", format=tarfile.GNU_FORMAT)

    def file(self, path, data, mode=0o644):
        entry = tarfile.TarInfo(path)
        entry.size, entry.mode = len(data), mode
        self.tar.addfile(entry, io.BytesIO(data))

    def end(self):
        self.tar.close()
        return self.bytes.getvalue()

    def size(self):
        return self.bytes.tell()


def text(rng, words, size):
    return " ".join(rng.choices(words, k=max(size // 7, 1))).encode()


def documents(rng, words, size):
    out, n = Layer(), 0
    while out.size() < size:
        out.file(f"usr/share/doc/made-{n // 20}/page-{n}.txt", text(rng, words, rng.randint(200, 20000)))
        n += 1
    return out.end()


def packages(rng, words, size):
    out, n = Layer(), 0
    while out.size() < size:
        name = f"made-{n}"
        meta = json.dumps({"name": name, "version": f"1.{n}.0", "license": "MIT"}).encode()
        out.file(f"srv/app/node_modules/{name}/package.json", meta)
        for m in range(12):
            out.file(f"srv/app/node_modules/{name}/lib/{m}.js", text(rng, words, rng.randint(500, 12000)))
        if n % 10 == 0:
            place = f"usr/lib/python3/dist-packages/made_{n}"
            out.file(f"{place}-1.{n}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.{n}\n\n".encode())
            out.file(f"{place}/__init__.py", text(rng, words, 4000))
        n += 1
    return out.end()


def programs(rng, words, size):
    out, n = Layer(), 0
    while out.size() < size:
        # About as compressible as machine code.
        length = rng.randint(1 << 18, 8 << 20)
        piece = rng.randbytes(length // 5) + text(rng, words, length // 5) + bytes(length // 10)
        out.file(f"opt/made/lib/{n}.so", (piece * 2)[:length], 0o644)
        n += 1
    return out.end()


def logs(rng, words, size):
    out, n = Layer(), 0
    while out.size() < size:
        lines = (f"2026-01-01T00:00:{m % 60:02} host app[{m}]: {words[m * 7 % 3000]} {m * m}\n" for m in range(60000))
        out.file(f"var/log/made/{n}.log", "".join(lines).encode())
        n += 1
    return out.end()


main()
