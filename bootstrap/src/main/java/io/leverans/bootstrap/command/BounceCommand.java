package io.leverans.bootstrap.command;

import picocli.CommandLine.Command;

/** Mail that came back, looked at apart from any service. */
@Command(
    name = "bounce",
    description = "Read bounces, complaints and automatic answers that lie in files.",
    mixinStandardHelpOptions = true,
    subcommands = BounceParseCommand.class)
public final class BounceCommand {}
