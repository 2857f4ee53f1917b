package io.leverans.bootstrap.command;

import picocli.CommandLine.Command;

/** Mail that came back, and how well it is read. */
@Command(
    name = "bounce",
    description =
        "Read bounces, complaints and automatic answers that lie in files, or collect those that"
            + " were read wrongly.",
    mixinStandardHelpOptions = true,
    subcommands = {BounceParseCommand.class, BounceSamplesCommand.class})
public final class BounceCommand {}
