package io.leverans.bootstrap;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.bootstrap.command.BounceCommand;
import io.leverans.bootstrap.command.CheckConfigCommand;
import io.leverans.bootstrap.command.DemoCommand;
import io.leverans.bootstrap.command.ExplainCommand;
import io.leverans.bootstrap.command.KeyCommand;
import io.leverans.bootstrap.command.MemberCommand;
import io.leverans.bootstrap.command.RotateKeysCommand;
import io.leverans.bootstrap.command.StartCommand;
import io.leverans.bootstrap.command.TeamCommand;
import io.leverans.bootstrap.command.VersionCommand;
import io.leverans.bootstrap.settings.InvalidFileException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
    name = "leverans",
    description = "Sends mail through the channel each identity uses, and tells what became of it.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    subcommands = {
      StartCommand.class,
      DemoCommand.class,
      CheckConfigCommand.class,
      ExplainCommand.class,
      TeamCommand.class,
      MemberCommand.class,
      KeyCommand.class,
      BounceCommand.class,
      RotateKeysCommand.class,
      VersionCommand.class
    })
public final class Leverans implements Runnable {
  @Spec private CommandSpec spec;

  private Leverans() {}

  /** Runs a command; the process ends with its exit code. */
  public static void main(String[] arguments) {
    // Without it, Jakarta Mail looks for its streams on the class path again for each part of mail.
    System.setProperty(
        "jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
    // Else dnsjava ends its lookups as soon as a stop begins, and waits for ever where one begins
    // then.
    System.setProperty("dnsjava.nio.register_shutdown_hook", "false");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Leverans()).setExecutionExceptionHandler(Leverans::explain);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do, such as: leverans start");
  }

  /** What a person can mend is said in a line; a stack trace would only hide it. */
  private static int explain(Exception trouble, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (trouble instanceof InvalidSettingException setting) {
      err.println("leverans: setting " + setting.key() + ": " + setting.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (trouble instanceof InvalidFileException file) {
      err.println("leverans: " + file.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    err.println("leverans: " + trouble.getMessage());
    LoggerFactory.getLogger(Leverans.class).debug("the command failed", trouble);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
