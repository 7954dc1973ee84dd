package dev.siltstone.local.operations;

import picocli.CommandLine.Command;

/** Deltas that were set aside. */
@Command(
    name = "quarantine",
    description =
        "Shows deltas that were set aside because nobody can decode them, and writes them again.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {QuarantineListCommand.class, QuarantineRetryCommand.class})
public final class QuarantineCommand {}
