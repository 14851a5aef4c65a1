#!/usr/bin/env python3
"""Runs one command and prints one tab-separated line: label, wall s, user s, system s, peak MB, exit status.

measure.py LABEL RUNS [--before CMD] -- COMMAND...

With RUNS above 1 each figure is the median. `--before CMD` is a shell line run before each run, not measured.
The times and the peak are those of the command and of every child it waited for (wait4); the peak is that of the
largest process among them, not their sum. The command's output is thrown away.
"""
import os
import statistics
import subprocess
import sys
import time


def once(command):
    start = time.monotonic()
    with open(os.devnull, "r+b") as null:
        pid = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, null.fileno(), n) for n in (0, 1, 2)],
        )
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - start
    # Linux counts ru_maxrss in KiB.
    return wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main():
    at = sys.argv.index("--")
    label, runs, before = sys.argv[1], int(sys.argv[2]), None
    if "--before" in sys.argv[:at]:
        before = sys.argv[sys.argv.index("--before") + 1]
    seen = []
    for _ in range(runs):
        if before:
            subprocess.run(before, shell=True, check=True)
        seen.append(once(sys.argv[at + 1 :]))
    wall, user, system, peak = (statistics.median(s[i] for s in seen) for i in range(4))
    print(f"{label}\t{wall:.2f}\t{user:.2f}\t{system:.2f}\t{peak:.1f}\t{seen[-1][4]}")


if __name__ == "__main__":
    main()
