package io.leverans.bootstrap.command;

import io.leverans.bootstrap.demo.Demo;
import io.leverans.bootstrap.demo.DemoResult;
import io.leverans.bootstrap.demo.DemoTable;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.bootstrap.wiring.Node;
import io.leverans.bootstrap.wiring.StoppableNode;
import io.leverans.persistence.embedded.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the main job at a glance. */
@Command(
    name = "demo",
    description = {
      "Send messages of all sorts through each kind of channel in a sandbox of its own, and print"
          + " what became of them and what a recipient saw.",
      "It runs on free ports with a throw-away data folder, and waits until all are settled."
          + " Pauses between attempts are 2 seconds here, not minutes.",
      "Exits with 1 if any ended otherwise than it should."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final String FIRST_PAUSE = "2s";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-n", "--messages"},
      paramLabel = "N",
      description = "How many messages to send. Default: ${DEFAULT-VALUE}.",
      defaultValue = "500")
  private int messages;

  @Option(
      names = "--channels",
      paramLabel = "KINDS",
      description = "Kinds of channel to send through. Default: ${DEFAULT-VALUE}.")
  private String channels = "msc, smtp, gmail";

  @Option(names = "--json", description = "Print one JSON object in place of the table.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.warningsOnly();
    Path folder = Files.createTempDirectory("leverans-demo");
    var stoppable = new StoppableNode();
    StopHook.add(
        () -> {
          stoppable.close();
          delete(folder);
        });
    Settings settings = settings(folder);
    DemoResult result = run(stoppable.start(settings), settings);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? new DemoTable(result).json() : new DemoTable(result).text());
    out.flush();
    return result.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Settings settings(Path folder) {
    return Settings.of(
        Map.of(
            "data",
            folder.toString(),
            "http.port",
            "0",
            "channels",
            channels,
            "retry.first-pause",
            FIRST_PAUSE));
  }

  private DemoResult run(Node node, Settings settings) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    err.println("A sandbox runs on " + node.url() + "; nothing leaves this machine.");
    err.flush();
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("settled")
            .setInitialMax(messages)
            .setStyle(ProgressBarStyle.ASCII)
            .build()) {
      return new Demo(node, settings.channels(), messages, bar::stepTo).run();
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
