#!/usr/bin/env python3
"""Every interleaving, on a small scope, of a rollback with writers, runs that publish, and retention.

A rollback pins its target by a publish (the target stays retained while a rollback may come at or
below a place some way ahead), then reserves a place and puts the rollback there if the place is not
beyond the pin. Runs fold one place per publish, void holes, and keep one older snapshot besides what
is pinned. Everybody may pause for ever between two steps and go on later; a publish is one
compare-and-swap on what was read before.

Checked: whoever folds a rollback finds its target retained.

usage: rollback_model.py [DROP]    DROP leaves a rule out, and a violation must be found:
  pin       the rollback is placed without pinning its target
  through   it is placed wherever its place is, also beyond the pin
  carry     a publish keeps no pins but its own
"""
import sys
from collections import deque

DROP = sys.argv[1] if len(sys.argv) > 1 else ""
AHEAD, LAST_PLACE, WRITERS, RUNS = 1, 5, 2, 3

# A version is (generation, folded, retained generations, pins as (target, through)).
def successor(version, folded, pins, target=None):
    generation, _, retained, _ = version
    live = frozenset(pin for pin in pins if pin[1] > folded)
    kept = {generation} | {pin[0] for pin in live} | ({target} if target is not None else set())
    return (generation + 1, folded, frozenset(kept & (retained | {generation})), live)

def steps(state):
    last, log, version, writers, rollback, runs = state
    at = lambda place: log[place - 1] if place <= len(log) else None
    def put(place, entry):
        longer = log + (None,) * (place - len(log))
        return longer[: place - 1] + (entry,) + longer[place:]
    def swap(actors, i, actor):
        return actors[:i] + (actor,) + actors[i + 1 :]

    for i, writer in enumerate(writers):
        if writer == "idle" and last < LAST_PLACE:
            yield f"writer {i} reserves", (last + 1, log, version, swap(writers, i, last + 1), rollback, runs)
        elif isinstance(writer, int):
            after = put(writer, "write") if at(writer) is None else log
            yield f"writer {i} places", (last, after, version, swap(writers, i, "done"), rollback, runs)

    phase = rollback[0]
    with_rollback = lambda r, l=last, e=log, v=version: (l, e, v, writers, r, runs)
    if phase == "idle":
        for target in version[2]:
            yield f"rollback reads, target {target}", with_rollback(("read", version, target))
    elif phase == "read":
        _, seen, target = rollback
        through = last + AHEAD
        if DROP == "pin":
            yield "rollback goes on without a pin", with_rollback(("pinned", target, LAST_PLACE))
        elif version == seen:
            pinned = successor(version, version[1], version[3] | {(target, through)}, target)
            yield "rollback pins", with_rollback(("pinned", target, through), v=pinned)
        else:
            yield "rollback lost the swap", with_rollback(("idle",))
    elif phase == "pinned" and last < LAST_PLACE:
        yield "rollback reserves", with_rollback(("reserved", rollback[1], rollback[2], last + 1), l=last + 1)
    elif phase == "reserved":
        _, target, through, place = rollback
        if place > through and DROP != "through":
            yield "rollback came too late", with_rollback(("idle",))
        elif at(place) is None:
            yield "rollback placed", with_rollback(("done",), e=put(place, ("rollback", target)))
        else:
            yield "rollback meets a void", with_rollback(("pinned", target, through))

    for i, run in enumerate(runs):
        with_run = lambda r, e=log, v=version: (last, e, v, writers, rollback, swap(runs, i, r))
        if run == "idle":
            yield f"run {i} reads", with_run(version)
        elif run != "done" and run[1] < last:
            place = run[1] + 1
            if at(place) is None:
                yield f"run {i} voids {place}", with_run(run, e=put(place, "void"))
            elif version == run:
                pins = frozenset() if DROP == "carry" else run[3]
                entry = at(place)
                if entry[0] == "rollback" and entry[1] not in run[2]:
                    yield f"run {i} finds target {entry[1]} gone", None
                else:
                    yield f"run {i} folds {place}", with_run("done", v=successor(run, place, pins))
            else:
                yield f"run {i} lost the swap", with_run("done")

def search():
    first = (3, 0, frozenset({1, 2}), frozenset())
    start = (0, (), first, ("idle",) * WRITERS, ("idle",), ("idle",) * RUNS)
    origin, waiting = {start: None}, deque([start])
    while waiting:
        state = waiting.popleft()
        for label, after in steps(state):
            if after is None:
                trace = [label]
                while origin[state]:
                    state, step = origin[state]
                    trace.append(step)
                print("VIOLATION\n  " + "\n  ".join(reversed(trace)))
                return 1
            if after not in origin:
                origin[after] = (state, label)
                waiting.append(after)
    print("complete: no violation in", len(origin), "states")
    return 0

sys.exit(search())
