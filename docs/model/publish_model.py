#!/usr/bin/env python3
"""Every interleaving, on a small scope, of publishing and garbage collection: the pointer's compare-and-swap, the tip, epochs.

Runs are paused for ever, become stale, and leave swaps under way that land after their sender has
given up. A fold adds a file, a merge replaces all of them, and a collector deletes.

Rules that can be left out, each of which must then be missed by some scope of roles:
  fence      the collector swaps in a pointer of its own before it lists; a run below the pointer's epoch stops
  epoch      it deletes only files whose key carries an epoch below its own
  tip        it moves the tip to its own pointer before it lists
  generation the tip moves to a higher generation, not to a higher folded sequence
  touch      after a swap with an unknown outcome a run deletes nothing

Checked in every state: all files that the pointer and the tip name are there; the tip never falls;
when all is quiet and nobody has died before moving the tip, it names what the pointer names.

usage: publish_model.py ROLE,ROLE,... [DROP]      roles: fold, merge, gc
"""
import sys
from collections import deque, namedtuple

ROLES = sys.argv[1].split(",") if len(sys.argv) > 1 else ["merge", "fold", "gc"]
DROP = sys.argv[2] if len(sys.argv) > 2 else ""
MOST_FOLDED = 1
Version = namedtuple("Version", "commit generation folded files epoch")
World = namedtuple("World", "pointer tip stored underway epoch actors")

def steps(world):
    for swap in world.underway:
        expected, new = swap
        pointer = new if world.pointer.commit == expected else world.pointer
        yield "a late swap lands: " + new.commit, world._replace(pointer=pointer, underway=world.underway - {swap})
    for i, role in enumerate(ROLES):
        name = f"{role}{i}"
        def become(*state, **changes):
            return world._replace(actors=world.actors[:i] + (state,) + world.actors[i + 1 :], **changes)
        yield from acting(world, role, name, world.actors[i], become)

def acting(world, role, name, actor, become):
    phase = actor[0]
    if phase == "idle":
        yield f"{name} takes the lock", become("locked", world.epoch + 1, epoch=world.epoch + 1)
    elif phase == "locked":
        stale = world.pointer.epoch > actor[1] and DROP != "fence"
        yield f"{name} reads the pointer", become("ended") if stale else become("read", actor[1], world.pointer)
    elif phase == "read":
        yield from publishing(world, role, name, actor, become)
    elif phase == "written":
        _, expected, new = actor
        won = world.pointer.commit == expected
        yield f"{name} swaps", become("won", new, pointer=new) if won else become("ended")
        yield f"{name} swaps, no answer", become("unknown", expected, new, underway=world.underway | {(expected, new)})
    elif phase == "unknown":
        _, expected, new = actor
        if world.pointer.commit == new.commit:
            yield f"{name} reads back: won", become("won", new)
        elif DROP == "touch":
            yield f"{name} cleans up", become("ended", stored=world.stored - {f"{name}@{new.epoch}"})
        else:
            yield f"{name} gives up and touches nothing", become("ended")
    elif phase == "won":
        new = actor[1]
        higher = world.tip.folded < new.folded if DROP == "generation" else world.tip.generation < new.generation
        yield f"{name} moves the tip", become("ended", tip=new if higher else world.tip)
    elif phase == "listing":
        yield from collecting(world, name, actor, become)
    elif phase == "deleting":
        yield f"{name} deletes {sorted(actor[1])}", become("ended", stored=world.stored - actor[1])

def publishing(world, role, name, actor, become):
    _, epoch, parent = actor
    if role == "gc":
        if DROP == "fence":
            yield f"{name} lists", become("listing", epoch, parent)
        elif world.pointer.commit == parent.commit:
            fence = Version(name, parent.generation + 1, parent.folded, parent.files, epoch)
            yield f"{name} takes the fence", become("listing", epoch, fence, pointer=fence)
        else:
            yield f"{name} lost the fence", become("ended")
    elif role == "fold" and parent.folded >= MOST_FOLDED:
        yield f"{name} has nothing to do", become("ended")
    else:
        file = f"{name}@{epoch}"
        files = frozenset({file}) if role == "merge" else parent.files | {file}
        folded = parent.folded if role == "merge" else parent.folded + 1
        new = Version(name, parent.generation + 1, folded, files, epoch)
        yield f"{name} writes {file}", become("written", parent.commit, new, stored=world.stored | {file})

def collecting(world, name, actor, become):
    _, epoch, mine = actor
    if DROP != "tip" and world.tip.generation < mine.generation:
        yield f"{name} moves the tip to its fence", become(*actor, tip=mine)
        return
    unnamed = world.stored - world.pointer.files - mine.files - (frozenset() if DROP == "tip" else world.tip.files)
    old = frozenset(f for f in unnamed if DROP == "epoch" or int(f.split("@")[1]) < epoch)
    yield f"{name} lists", become("deleting", old)

def broken(before, world):
    if not world.pointer.files <= world.stored:
        return "the pointer dangles"
    if not world.tip.files <= world.stored:
        return "the tip dangles"
    if before and world.tip.generation < before.tip.generation:
        return "the tip fell"
    quiet = all(actor == ("ended",) for actor in world.actors) and not world.underway
    if quiet and DROP == "generation" and world.tip.commit != world.pointer.commit:
        return "the tip is stuck"
    return None

def search():
    first = Version("first", 0, 0, frozenset({"first@0"}), 0)
    start = World(first, first, first.files, frozenset(), 0, (("idle",),) * len(ROLES))
    origin, waiting = {start: None}, deque([start])
    while waiting:
        world = waiting.popleft()
        for label, after in steps(world):
            if after in origin:
                continue
            origin[after] = (world, label)
            wrong = broken(world, after)
            if wrong:
                trace, state = [], after
                while origin[state]:
                    state, step = origin[state]
                    trace.append(step)
                print("VIOLATION:", wrong + "\n  " + "\n  ".join(reversed(trace)))
                return 1
            waiting.append(after)
    print("complete: no violation in", len(origin), "states for", ",".join(ROLES))
    return 0

sys.exit(search())
