package dev.siltstone.contract;

import dev.siltstone.emulators.NeedsLocalStack;

@NeedsLocalStack
@On(On.Kind.LOCAL_STACK)
final class LocalStackRestoreTest extends RestoreContract {}
