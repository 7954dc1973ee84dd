#!/usr/bin/env python3
"""Every interleaving, on a small scope, of rollbacks with a writer, runs that publish, and retention.

A rollback pins its target by a publish (the target stays retained while a rollback may come at or
below a place some way ahead), then reserves a place and puts the rollback there if the place is not
beyond the pin. Runs fold one place per publish, void holes, and keep one older snapshot besides what
is pinned; folding a rollback uses up one pin of its target, the one that ends first, and then those
go that end at or below the folded place. Two rollbacks may go to one target: each has a pin of its
own, even if both end at the same place. Everybody may pause for ever between two steps and go on
later; a publish is one compare-and-swap on what was read before.

Checked: whoever folds a rollback finds its target retained.

usage: rollback_model.py [DROP]    DROP leaves a rule out, and a violation must be found:
  pin       a rollback is placed without pinning its target
  through   it is placed wherever its place is, also beyond the pin
  carry     a publish keeps no pins but its own
  each      pins of the same target that end at the same place are one
  one       folding a rollback uses up all pins of its target
  own       pins that end at the folded place go first, and then another one is used up
"""
import sys
from collections import deque

DROP = sys.argv[1] if len(sys.argv) > 1 else ""
AHEAD, LAST_PLACE, ROLLBACKS, RUNS = 2, 4, 2, 3

# A version is (generation, folded, retained generations, sorted pins as (target, through)).
def successor(version, folded, pins, target=None):
    generation, _, retained, _ = version
    live = tuple(sorted(pin for pin in pins if pin[1] > folded))
    if DROP == "each":
        live = tuple(sorted(set(live)))
    kept = {generation} | {pin[0] for pin in live} | ({target} if target is not None else set())
    return (generation + 1, folded, frozenset(kept & (retained | {generation})), live)

def used_up(pins, target, place):
    if DROP == "one":
        return tuple(pin for pin in pins if pin[0] != target)
    if DROP == "own":
        pins = tuple(pin for pin in pins if pin[1] > place)
    mine = min((pin for pin in pins if pin[0] == target), key=lambda pin: pin[1], default=None)
    i = pins.index(mine) if mine else len(pins)
    return pins[:i] + pins[i + 1 :]

def steps(state):
    last, log, version, writer, rollbacks, runs = state
    at = lambda place: log[place - 1] if place <= len(log) else None
    def put(place, entry):
        longer = log + (None,) * (place - len(log))
        return longer[: place - 1] + (entry,) + longer[place:]
    def swap(actors, i, actor):
        return actors[:i] + (actor,) + actors[i + 1 :]

    if writer == "idle" and last < LAST_PLACE:
        yield "writer reserves", (last + 1, log, version, last + 1, rollbacks, runs)
    elif isinstance(writer, int):
        after = put(writer, "write") if at(writer) is None else log
        yield "writer places", (last, after, version, "done", rollbacks, runs)

    for i, rollback in enumerate(rollbacks):
        phase, name = rollback[0], f"rollback {i}"
        with_rollback = lambda r, l=last, e=log, v=version: (l, e, v, writer, swap(rollbacks, i, r), runs)
        if i > 0 and phase == "idle" and rollbacks[i - 1] == rollback:
            continue  # rollbacks are alike: they begin in order
        if phase == "idle" and last < LAST_PLACE:
            for target in version[2]:
                yield f"{name} reads, target {target}", with_rollback(("read", version, target))
        elif phase == "read":
            _, seen, target = rollback
            through = last + AHEAD
            if DROP == "pin":
                yield f"{name} goes on without a pin", with_rollback(("pinned", target, LAST_PLACE))
            elif version == seen:
                pinned = successor(version, version[1], version[3] + ((target, through),), target)
                yield f"{name} pins", with_rollback(("pinned", target, through), v=pinned)
            else:
                yield f"{name} lost the swap", with_rollback(("idle",))
        elif phase == "pinned" and last < LAST_PLACE:
            yield f"{name} reserves", with_rollback(("reserved", rollback[1], rollback[2], last + 1), l=last + 1)
        elif phase == "reserved":
            _, target, through, place = rollback
            if place > through and DROP != "through":
                yield f"{name} came too late", with_rollback(("idle",))
            elif at(place) is None:
                yield f"{name} placed", with_rollback(("done",), e=put(place, ("rollback", target)))
            else:
                yield f"{name} meets a void", with_rollback(("pinned", target, through))

    for i, run in enumerate(runs):
        if i > 0 and runs[i - 1] == "idle":
            continue  # runs are alike: they begin in order
        with_run = lambda r, e=log, v=version: (last, e, v, writer, rollbacks, swap(runs, i, r))
        if run == "idle":
            yield f"run {i} reads", with_run(version)
        elif run != "done" and run[1] < last:
            place = run[1] + 1
            if at(place) is None:
                yield f"run {i} voids {place}", with_run(run, e=put(place, "void"))
            elif version == run:
                entry, pins = at(place), () if DROP == "carry" else run[3]
                if entry[0] == "rollback" and entry[1] not in run[2]:
                    yield f"run {i} finds target {entry[1]} gone", None
                else:
                    pins = used_up(pins, entry[1], place) if entry[0] == "rollback" else pins
                    yield f"run {i} folds {place}", with_run("done", v=successor(run, place, pins))
            else:
                yield f"run {i} lost the swap", with_run("done")

def search():
    first = (2, 0, frozenset({1}), ())
    start = (0, (), first, "idle", (("idle",),) * ROLLBACKS, ("idle",) * RUNS)
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
