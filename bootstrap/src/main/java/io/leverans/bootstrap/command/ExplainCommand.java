package io.leverans.bootstrap.command;

import io.leverans.application.view.ExplainedMessage;
import io.leverans.application.view.Explanation;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.message.MessageId;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Why a message waits. */
@Command(
    name = "explain",
    description = {
      "Say why a message waits: for what, on which lane or limit, since when, and what happens"
          + " next.",
      "All times are the database's, in UTC."
    },
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private OperatorOptions operator;

  @Parameters(paramLabel = "MESSAGE", description = "The message's id, of whichever team.")
  private UUID message = new UUID(0, 0);

  @Override
  public Integer call() {
    return operator.act(
        (administration, out) ->
            print(
                administration
                    .explainAnyMessage()
                    .explain(new MessageId(message))
                    .orElseThrow(this::unknown),
                out));
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "No team has a message " + message + ". Its id stands in the answer to POST /v1/messages.");
  }

  private static void print(ExplainedMessage explained, PrintWriter out) {
    out.printf("Team %d, at %s%n", explained.team().value(), second(explained.now()));
    explained.deliveries().forEach(delivery -> print(delivery, out));
  }

  private static void print(Explanation delivery, PrintWriter out) {
    out.printf("%n%s: %s%n", delivery.recipient().mailbox().address(), word(delivery.state()));
    line(out, "why", Optional.of(delivery.words()));
    line(out, "since", delivery.since().map(ExplainCommand::second));
    line(out, "next", Optional.of(delivery.next()));
    line(out, "expected", delivery.expected().map(ExplainCommand::second));
    line(out, "gives up", delivery.givesUpAt().map(ExplainCommand::second));
    line(out, "lane", delivery.lane().map(lane -> lane.name() + limits(delivery)));
  }

  private static void line(PrintWriter out, String title, Optional<String> text) {
    text.ifPresent(words -> out.printf("  %-9s %s%n", title, words));
  }

  private static String limits(Explanation delivery) {
    return delivery.limits().stream()
        .map(ExplainCommand::inWords)
        .collect(Collectors.joining(", ", ": ", ""))
        .replaceFirst("^: $", "");
  }

  private static String inWords(Limit limit) {
    return "%d %s in %s (%s)"
        .formatted(limit.atMost(), word(limit.counted()), limit.window(), limit.source());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
