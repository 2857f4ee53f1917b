package io.leverans.bench.rig;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Takes orders on its standard input, a line each, and answers each with a line of JSON. An order
 * is a verb with {@code name=value}s:
 *
 * <ul>
 *   <li>{@code ports}: where sink and name server listen
 *   <li>{@code sink latency=50 defer-one-in=100}: how the sink answers from now on
 *   <li>{@code links}: links to press in mail that is none of the load, each of them once
 *   <li>{@code load via=http ports=… key=… identities=… count=… size=… domains=… rate=…
 *       connections=… await=sent}: a round, and what came of it; with {@code await=accepted} nobody
 *       waits for the sink
 *   <li>{@code expect count=…}: a round whose messages somebody else makes, and its first number
 *   <li>{@code await sunk=…}: waits until so many of the round were sunk, and says when
 * </ul>
 */
final class Rig {
  private static final long PATIENCE_SECONDS = 900;

  private volatile Round round = new Round(0, 0);
  private final Sink sink = new Sink(() -> round);
  private final NameServer names = new NameServer();

  private Rig() throws IOException {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var rig = new Rig();
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] words = line.split(" ");
      Map<String, String> values = new HashMap<>();
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        String[] both = word.split("=", 2);
        values.put(both[0], both[1]);
      }
      System.out.println(rig.carryOut(words[0], new Order(values)));
    }
  }

  private record Order(Map<String, String> values) {
    String text(String name) {
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException(name + " is missing");
      }
      return value;
    }

    int number(String name) {
      return Integer.parseInt(text(name));
    }

    List<String> list(String name) {
      return List.of(text(name).split(","));
    }
  }

  private String carryOut(String verb, Order order) throws IOException, InterruptedException {
    return switch (verb) {
      case "ports" -> "{\"sink\": %d, \"names\": %d}".formatted(sink.port(), names.port());
      case "sink" -> {
        sink.behave(new Sink.Behaviour(order.number("latency"), order.number("defer-one-in")));
        yield "{}";
      }
      case "links" ->
          sink.takeLinks().stream().map("\"%s\""::formatted).collect(joining(", ", "[", "]"));
      case "load" -> load(order);
      case "expect" -> {
        begin(order);
        yield "{\"first\": %d}".formatted(round.base());
      }
      case "await" -> await(order.number("sunk"));
      default -> throw new IllegalArgumentException(verb);
    };
  }

  private void begin(Order order) {
    round = new Round(round.base() + round.count(), order.number("count"));
  }

  private String load(Order order) throws IOException, InterruptedException {
    begin(order);
    List<String> lines = Texts.lines(order.number("size"));
    List<String> ports = order.list("ports");
    int domains = order.number("domains");
    Load.Opening opening =
        switch (order.text("via")) {
          case "http" ->
              connection ->
                  new HttpSubmission(
                      portOf(connection, ports),
                      order.text("key"),
                      order.list("identities"),
                      domains,
                      lines);
          case "smtp" ->
              connection -> new SmtpSubmission(portOf(connection, ports), domains, lines);
          default -> throw new IllegalArgumentException(order.text("via"));
        };
    new Load(round, order.number("connections"), order.number("rate")).run(opening);
    if (order.text("await").equals("sent") && !round.awaitEnd(PATIENCE_SECONDS)) {
      throw new IOException("not all was sent in time: " + round.toJson());
    }
    return round.toJson();
  }

  /** Connections are dealt out to the nodes in turn. */
  private static int portOf(int connection, List<String> ports) {
    return Integer.parseInt(ports.get(connection % ports.size()));
  }

  private String await(int sunk) throws IOException, InterruptedException {
    for (long left = PATIENCE_SECONDS * 100; left > 0; left--) {
      OptionalDouble seconds = round.secondsUntil(sunk);
      if (seconds.isPresent()) {
        return String.format(Locale.ROOT, "{\"seconds\": %.4f}", seconds.getAsDouble());
      }
      Thread.sleep(10);
    }
    throw new IOException("not all was sent in time: " + round.toJson());
  }
}
