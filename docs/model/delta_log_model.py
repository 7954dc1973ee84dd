#!/usr/bin/env python3
"""Every interleaving, on a small scope, of the delta log: reserve, place, void, quarantine, fold, trim, strong read.

There are no clocks: anybody may pause for ever between two steps and go on later, and an answer may
be lost after its request took effect. Readers read the log page by page, here place by place.

Rules that can be left out, each of which must then be missed:
  void      a hole is voided in one step with the check that the tip has not passed it
  keep      trimming takes committed entries only; voids and verdicts stay
  tip       trimming waits until the tip, not only the pointer, has passed an entry
  verdict   poison gets its verdict in the log before a snapshot is published past it
  prefix    nothing behind a hole is read

Checked in every state: no acknowledged write is lost or stands twice; every strong read shows all
writes acknowledged before it began; all reads and the folded order are prefixes of one order, which
respects real time; poison is published only under a verdict, and a verdict is written only where
the entry it judges stands. (That a verdict also checks the tip follows from the rest: what the tip
has passed has its verdict already. The check stays, for versions that might judge differently.)

usage: delta_log_model.py WRITERS READERS [DROP [STATE_LIMIT]]      writer 0 writes poison
"""
import sys
from collections import deque

WRITERS, READERS = int(sys.argv[1]), int(sys.argv[2])
DROP = sys.argv[3] if len(sys.argv) > 3 else ""
LIMIT = int(sys.argv[4]) if len(sys.argv) > 4 else 4_000_000
VOID, POISON = "v", 0
verdict = lambda entry: ("q", entry)
readable = lambda entries: tuple(e for e in entries if isinstance(e, int) and e != POISON)

# state: (last reserved, log, folded order, tip, writers, readers, history)
def steps(state):
    last, log, folded, tip, writers, readers, history = state
    at = lambda n: log[n] if n < len(log) else None
    def put(n, entry):
        longer = log + (None,) * (n + 1 - len(log))
        return longer[:n] + (entry,) + longer[n + 1 :]

    for i, writer in enumerate(writers):
        with_writer = lambda w, l=last, e=log, h=history: (l, e, folded, tip, writers[:i] + (w,) + writers[i + 1 :], readers, h)
        if writer == ("idle",):
            yield with_writer(("holds", last), last + 1, log, history + (("begins", i),))
        elif writer[0] == "holds":
            place, entry = writer[1], at(writer[1])
            if entry is None:
                yield with_writer(("stands",), e=put(place, i))
                yield with_writer(writer, e=put(place, i))  # it took effect, the answer is lost
            elif entry == VOID:
                yield with_writer(("holds", last), last + 1)
            elif entry == i:
                yield with_writer(("stands",))
            elif entry == verdict(i):
                yield with_writer(("refused",))
        elif writer == ("stands",):
            yield with_writer(("done",), h=history + (("told", i),))

    place = len(folded)  # runs fold in order, whoever they are
    if place < last:
        entry = at(place)
        if entry is None:
            yield (last, put(place, VOID), folded, tip, writers, readers, history)
        elif entry == POISON and DROP != "verdict":
            yield (last, put(place, verdict(entry)), folded, tip, writers, readers, history)
        else:
            yield (last, log, folded + (entry,), tip, writers, readers, history)
    if tip < place:
        yield (last, log, folded, tip + 1, writers, readers, history)
    for n in range(min(place if DROP == "tip" else tip, len(log))):
        if isinstance(log[n], int) or (log[n] is not None and DROP == "keep"):
            yield (last, put(n, None), folded, tip, writers, readers, history)

    for i, reader in enumerate(readers):
        with_reader = lambda r, e=log, h=history: (last, e, folded, tip, writers, readers[:i] + (r,) + readers[i + 1 :], h)
        if reader == ("idle",):
            yield with_reader(("scan", last, tip, ()), h=history + (("asks", i),))
        elif reader[0] == "scan":
            _, needed, base, got = reader
            n = base + len(got)
            if n >= needed:
                yield with_reader(("done",), h=history + (("answered", i, folded[:base] + got),))
            elif at(n) is None and DROP == "prefix":
                yield with_reader(("scan", needed, base, got + (VOID,)))
            elif at(n) is None:
                yield with_reader(("hole", needed, base, n))
            elif at(n) == POISON:
                yield with_reader(("poison", needed, base, n))
            else:
                yield with_reader(("scan", needed, base, got + (at(n),)))
        elif reader[0] in ("hole", "poison"):
            kind, needed, base, n = reader
            moved = ("scan", max(needed, tip), tip, ())
            if kind == "hole":
                yield with_reader(moved if tip > n else ("void", needed, base, n))
            else:
                yield with_reader(moved if tip > n else ("judge", needed, base, n))
        elif reader[0] in ("void", "judge"):
            kind, needed, base, n = reader
            again, moved = ("scan", needed, base, ()), ("scan", max(needed, tip), tip, ())
            if tip > n and (kind == "judge" or DROP != "void"):
                yield with_reader(moved)
            elif kind == "void":
                yield with_reader(again, e=put(n, VOID) if at(n) is None else log)
            else:
                yield with_reader(again, e=put(n, verdict(POISON)))

def broken(before, state):
    last, log, folded, tip, writers, readers, history = state
    told, must, orders = set(), {}, [folded]
    for event in history:
        if event[0] == "told":
            told.add(event[1])
        elif event[0] == "asks":
            must[event[1]] = set(told)
        elif event[0] == "answered":
            orders.append(event[2])
            shown = {e[1] if isinstance(e, tuple) else e for e in event[2]}
            if not must[event[1]] <= shown:
                return f"reader {event[1]} misses {must[event[1]] - shown}"
    for one in orders:
        if len(set(readable(one))) != len(readable(one)):
            return "a write stands twice"
        for other in orders:
            length = min(len(one), len(other))
            if one[:length] != other[:length]:
                return f"two orders: {one} and {other}"
    if POISON in folded:
        return "poison was published past without a verdict"
    for n, entry in enumerate(log):
        if isinstance(entry, tuple) and before is not None:
            old = before[1][n] if n < len(before[1]) else None
            if old is None:
                return f"a verdict at place {n}, where nothing stands"
    standing = {(e[1] if isinstance(e, tuple) else e): n for n, e in enumerate(folded) if e != VOID}
    for n in range(len(folded), len(log)):
        if log[n] not in (None, VOID):
            standing[log[n][1] if isinstance(log[n], tuple) else log[n]] = n
    if not told <= set(standing):
        return f"acknowledged and lost: {told - set(standing)}"
    seen = []
    for event in history:
        if event[0] == "told":
            seen.append(event[1])
        elif event[0] == "begins" and event[1] in standing:
            if any(standing[earlier] > standing[event[1]] for earlier in seen):
                return "the order contradicts real time"
    return None

def search():
    start = (0, (), (), 0, (("idle",),) * WRITERS, (("idle",),) * READERS, ())
    seen, waiting = {start}, deque([start])
    while waiting:
        state = waiting.popleft()
        for after in steps(state):
            if after[0] > WRITERS + 2 or after in seen:
                continue
            wrong = broken(state, after)
            if wrong:
                print("VIOLATION:", wrong, after)
                return 1
            seen.add(after)
            waiting.append(after)
            if len(seen) >= LIMIT:
                print("limit: no violation in", len(seen), "states")
                return 0
    print("complete: no violation in", len(seen), "states for", WRITERS, "writers and", READERS, "readers")
    return 0

sys.exit(search())
