package io.leverans.bootstrap.command;

import io.leverans.bootstrap.command.MailFiles.Wish;
import io.leverans.mail.report.ReportReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what Leverans makes of mail that came back. It needs no configuration and no database. */
@Command(
    name = "parse",
    description = {
      "Tell what mails that came back say: of whom, why, whose fault, for good or for now, and"
          + " whether the address should be left alone.",
      "It needs no configuration. Exits with 1 if a file could not be read, once all others are."
    },
    mixinStandardHelpOptions = true)
public final class BounceParseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Mails: files, mbox files, folders and all in them (also Maildirs), or - for one mail on"
              + " standard input.")
  private List<String> files = List.of();

  @ArgGroup(exclusive = true)
  private Form form = new Form();

  /** How the answer looks. */
  private static final class Form {
    @Option(names = "--json", description = "Print one JSON object a line for each mail.")
    private boolean json;

    @Option(
        names = "--summary",
        description = "Print counts in place of mails: kinds, causes, domains, addresses.")
    private boolean summary;
  }

  @Override
  public Integer call() {
    if (files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Say which mails to read: files, folders, or - for one on standard input.");
    }
    PrintWriter out = spec.commandLine().getOut();
    BounceSummary summary = new BounceSummary();
    Reading reading = new Reading(form.summary ? summary::add : printed(out), summary);
    MailFiles mails = new MailFiles(System.in, reading);
    for (String file : files) {
      if (mails.visit(file) == Wish.NO_MORE) {
        break;
      }
    }
    if (form.summary) {
      summary.lines().forEach(out::println);
    }
    out.flush();
    return summary.isComplete() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Consumer<ParsedMail> printed(PrintWriter out) {
    if (form.json) {
      ParsedMailJson json = new ParsedMailJson();
      return mail -> out.println(json.line(mail));
    }
    return mail -> ParsedMailText.lines(mail).forEach(out::println);
  }

  /** Reads each mail and hands on what it says, line by line, as long as somebody listens. */
  private final class Reading implements MailFiles.Visitor {
    private final ReportReader reader = new ReportReader();
    private final Consumer<ParsedMail> sink;
    private final BounceSummary summary;

    Reading(Consumer<ParsedMail> sink, BounceSummary summary) {
      this.sink = sink;
      this.summary = summary;
    }

    @Override
    public Wish mail(String name, byte[] octets) {
      sink.accept(ParsedMail.of(name, reader.read(octets)));
      return spec.commandLine().getOut().checkError() ? Wish.NO_MORE : Wish.MORE;
    }

    @Override
    public void unreadable(String name, String why) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(ParsedMailText.printable("leverans: %s: %s".formatted(name, why)));
      err.flush();
      summary.addUnreadable(name);
    }
  }
}
