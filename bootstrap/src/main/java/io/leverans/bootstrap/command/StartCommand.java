package io.leverans.bootstrap.command;

import io.leverans.bootstrap.settings.Settings;
import io.leverans.bootstrap.wiring.Node;
import io.leverans.bootstrap.wiring.StoppableNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the service and keeps it running. */
@Command(
    name = "start",
    description = {
      "Start the service.",
      "Without a configuration it is a sandbox on http://localhost:8025: every recipient is"
          + " simulated, and nothing leaves the machine."
    },
    mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigurationOptions configuration;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = configuration.settings();
    var stopped = new CountDownLatch(1);
    var stoppable = new StoppableNode();
    StopHook.add(
        () -> {
          stoppable.close();
          stopped.countDown();
        });
    Node node = stoppable.start(settings);
    PrintWriter out = spec.commandLine().getOut();
    out.print(new Welcome(settings, node).text());
    out.flush();
    stopped.await();
    return CommandLine.ExitCode.OK;
  }
}
