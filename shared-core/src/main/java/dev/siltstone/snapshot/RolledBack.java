package dev.siltstone.snapshot;

import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;

/**
 * A rollback that this version has folded: the writes after {@code targetFolded} and before {@code
 * sequence} are not in it any more.
 *
 * @param sequence the rollback's place in the log
 * @param target the generation whose content became current
 * @param targetFolded the last place in the target's content
 * @param before the generation that holds everything before the rollback, to be read as of it while
 *     it is retained
 */
public record RolledBack(
    Sequence sequence, Generation target, Sequence targetFolded, Generation before) {}
