package io.leverans.bootstrap.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which version this is. */
@Command(
    name = "version",
    description = "Print the version of Leverans and of the Java it runs on.",
    mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (String line : getVersion()) {
      spec.commandLine().getOut().println(line);
    }
    return CommandLine.ExitCode.OK;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"leverans " + number(), "Java " + Runtime.version()};
  }

  /** As written into the packed jar. */
  static String number() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }
}
