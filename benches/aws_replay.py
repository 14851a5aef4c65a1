#!/usr/bin/env python3
"""Answers the calls of a scan of AWS from memory, so that a scan's own time can be told from the emulator's.

  aws_replay.py --upstream http://127.0.0.1:5601 --listen 127.0.0.1:0 [--keep FILE]   record: what is not known is asked of the upstream and kept
  aws_replay.py --load FILE --listen 127.0.0.1:0 [--copies N]                          replay: what is not known is answered 500 and counted
  aws_replay.py --upstream URL --events FILE                                          hand on, but answer cloudtrail:LookupEvents from a file

A call is known by its account, region, service, method, target and body; signatures, dates and session names are not
looked at. `--copies N` answers for N times as many accounts: each further copy of an account has an id of its own, which
is put in the place of the original's everywhere (the estate's buckets have it in their names). The first line of output is `listening on http://ADDRESS`; at the end
(SIGTERM, Ctrl-C) follows one line of JSON: `known`, `unknown`, `bytes`, `cpu_seconds` (of this server, since the first
call), `operations` (unknown ones, by target or path).
"""
import argparse
import asyncio
import datetime
import http.client
import json
import pickle
import re
import signal
import sys
import time
import urllib.parse

SCOPE = re.compile(rb"credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4", re.I)
KEY = re.compile(rb"<AccessKeyId>([^<]*)</AccessKeyId>")
EXPIRY = re.compile(rb"<Expiration>[^<]*</Expiration>")
ROLE = re.compile(r"arn:[^:]*:iam::(\d{12}):role/")
DROPPED = {"connection", "transfer-encoding", "content-length", "accept-encoding", "expect"}
# A prime, so that no two copies of two accounts meet by chance.
STEP = 7_919_000_017


class Replay:
    def __init__(self, args):
        self.upstream = urllib.parse.urlsplit(args.upstream) if args.upstream else None
        self.answers, self.accounts, self.keys = {}, [], {}
        if args.load:
            with open(args.load, "rb") as file:
                self.answers, self.accounts = pickle.load(file)
        # What the emulator lacks it lacks everywhere; a scan that notices asks no further, in an order of its own.
        self.refusals = {k[2:]: v for k, v in self.answers.items() if k != "assume" and v[0] >= 400}
        self.present = self.accounts[0] if self.accounts else b"-"
        self.copies = args.copies
        # Of a copied account: its original, and what is put in the place of what.
        self.copied = {}
        for n in range(1, args.copies):
            names = [(a, b"%012d" % ((int(a) + n * STEP) % 10**12)) for a in self.accounts]
            self.copied.update({new: (old, names) for old, new in names})
        self.events = None
        if args.events:
            with open(args.events) as file:
                self.events = json.load(file)
        self.known = self.unknown = self.bytes = 0
        self.missing = {}
        self.cpu = None

    def lookup(self, account, region):
        place = (account.decode(), region.decode())
        found = [e for e in self.events if (e["recipientAccountId"], e["awsRegion"]) == place]
        return json.dumps({"Events": [{"EventId": e["eventID"], "CloudTrailEvent": json.dumps(e)} for e in found]}).encode()

    def account_of(self, access_key):
        # The keys that this server hands out end with their account.
        account = self.keys.get(access_key)
        return account or (access_key[-12:] if access_key.startswith(b"ASIAREPLAY") else self.present)

    async def answer(self, method, path, headers, body):
        if self.cpu is None:
            self.cpu = time.process_time()
        found = SCOPE.search(headers.get("authorization", b""))
        access_key, region, service = found.groups() if found else (b"", b"", b"")
        account = self.account_of(access_key)
        original, names = self.copied.get(account, (account, ()))
        if service == b"sts" and b"Action=AssumeRole" in body:
            return await self.assume_role(method, path, headers, body)
        for old, new in names:
            path, body = path.replace(new, old), body.replace(new, old)
        target = headers.get("x-amz-target", b"")
        if self.events is not None and target.endswith(b".LookupEvents"):
            return 200, [("Content-Type", "application/x-amz-json-1.1")], self.lookup(account, region)
        key = (original, region, service, method, path, target, body)
        answer = self.answers.get(key)
        if answer is None:
            answer = await self.ask(method, path, headers, body) or self.refusals.get(key[2:])
            if answer is None:
                self.unknown += 1
                name = (service + b" " + (target or path[:60] + body[:60])).decode("latin-1")
                self.missing[name] = self.missing.get(name, 0) + 1
                return 500, [], b""
            if not self.accounts and b"GetCallerIdentity" in body:
                # The first call of a scan.
                self.present = re.search(rb"<Account>(\d{12})<", answer[2])[1]
                self.accounts.append(self.present)
                key = (self.present, *key[1:])
            if self.events is None:
                self.answers[key] = answer
        else:
            self.known += 1
        status, extra, data = answer
        if target.endswith(b".ListAccounts") and self.copies > 1:
            data = self.more_accounts(data)
        for old, new in names:
            data = data.replace(old, new)
        return status, extra, data

    async def assume_role(self, method, path, headers, body):
        account = ROLE.search(urllib.parse.unquote_plus(body.decode())).group(1).encode()
        status, extra, data = self.answers.get("assume", (None, None, None))
        if self.upstream:
            status, extra, data = await self.ask(method, path, headers, body)
            self.keys[KEY.search(data)[1]] = account
            self.answers["assume"] = (status, extra, data)
            if account not in self.accounts:
                self.accounts.append(account)
        else:
            data = KEY.sub(b"<AccessKeyId>ASIAREPLAY" + account + b"</AccessKeyId>", data)
            self.known += 1
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=6)
        return status, extra, EXPIRY.sub(b"<Expiration>" + later.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + b"</Expiration>", data)

    def more_accounts(self, data):
        answer = json.loads(data)
        for account in list(answer["Accounts"]):
            for n in range(1, self.copies):
                copy = json.dumps(account)
                for a in self.accounts:
                    copy = copy.replace(a.decode(), f"{(int(a) + n * STEP) % 10**12:012d}")
                copy = json.loads(copy)
                copy["Name"] = f"{account.get('Name', '')}-{n}"
                answer["Accounts"].append(copy)
        return json.dumps(answer).encode()

    async def ask(self, method, path, headers, body):
        if not self.upstream:
            return None
        sent = {k: v.decode("latin-1") for k, v in headers.items() if k not in DROPPED}
        return await asyncio.get_running_loop().run_in_executor(None, self.fetch, method.decode(), path.decode(), sent, body)

    def fetch(self, method, path, headers, body):
        connection = http.client.HTTPConnection(self.upstream.hostname, self.upstream.port, timeout=600)
        try:
            connection.request(method, path, body=body, headers={**headers, "Content-Length": str(len(body))})
            response = connection.getresponse()
            data = response.read()
            extra = [(k, v) for k, v in response.getheaders() if k.lower() not in DROPPED]
            return response.status, extra, data
        finally:
            connection.close()

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = head[:-4].split(b"\r\n")
                method, path, _ = lines[0].split(b" ", 2)
                headers = {}
                for line in lines[1:]:
                    name, _, value = line.partition(b":")
                    headers[name.decode().lower()] = value.strip()
                body = await reader.readexactly(int(headers.get("content-length", b"0")))
                status, extra, data = await self.answer(method, path, headers, body)
                out = [b"HTTP/1.1 %d -\r\n" % status]
                out += [f"{k}: {v}\r\n".encode("latin-1") for k, v in extra]
                # HEAD is not among the calls of a scan, so a length is always followed by that many bytes.
                out.append(b"Content-Length: %d\r\n\r\n" % len(data))
                out.append(data)
                self.bytes += len(data)
                writer.write(b"".join(out))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def run(args):
    replay = Replay(args)
    host, port = args.listen.rsplit(":", 1)
    server = await asyncio.start_server(replay.serve, host, int(port), limit=1 << 24)
    print(f"listening on http://{host}:{server.sockets[0].getsockname()[1]}", flush=True)
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    await end.wait()
    if args.keep:
        with open(args.keep, "wb") as file:
            pickle.dump((replay.answers, replay.accounts), file)
    cpu = time.process_time() - replay.cpu if replay.cpu is not None else 0
    json.dump(
        {"known": replay.known, "unknown": replay.unknown, "bytes": replay.bytes, "cpu_seconds": round(cpu, 2), "operations": replay.missing},
        sys.stdout,
    )
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upstream")
    parser.add_argument("--listen", default="127.0.0.1:0")
    parser.add_argument("--keep", help="where the answers go at the end")
    parser.add_argument("--load", help="answers of an earlier recording")
    parser.add_argument("--events", help="what CloudTrail has to say: a list of its records")
    parser.add_argument("--copies", type=int, default=1)
    args = parser.parse_args()
    if bool(args.upstream) == bool(args.load):
        parser.error("either --upstream or --load")
    asyncio.run(run(args))


if __name__ == "__main__":
    main()
