package io.leverans.bootstrap.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints how a demo went, for a person or for a program. */
public record DemoTable(DemoResult result) {
  private static final String SEEN = "%-28s %-46s %-14s %-5s %-29s %s%n";
  private static final String ROW = "%-37s %5s  %-24s %-32s %-12s %s%n";

  /** A row for each sort. */
  public String text() {
    var text = new StringBuilder();
    result.routes().forEach(route -> text.append(endings(route)));
    text.append(seen());
    text.append(
        "%nArrived twice: %d. Accepted by the API at %.0f a second; all settled after %.1f s (%.0f a second).%n"
            .formatted(
                result.arrivedTwice(),
                result.acceptedPerSecond(),
                result.settling().toMillis() / 1000.0,
                result.settledPerSecond()));
    text.append(result.isGood() ? "All as it should be.\n" : "NOT all as it should be.\n");
    return text.toString();
  }

  private String endings(Route route) {
    var text = new StringBuilder("Through " + route.title() + ":\n");
    text.append(ROW.formatted("sort", "sent", "expected", "got", "folder", "evidence or cause"));
    for (Sort sort : Sort.values()) {
      List<Ending> endings = result.of(route, sort);
      text.append(
          ROW.formatted(
              sort.title(),
              endings.size(),
              Ending.word(route.expected(sort)),
              counted(endings, Ending::state),
              counted(endings, Ending::folder),
              counted(endings, Ending::why)));
    }
    return text.append('\n').toString();
  }

  private String seen() {
    var text = new StringBuilder("What the recipient saw:\n");
    text.append(SEEN.formatted("through", "from", "via", "DKIM", "return path", "copy"));
    result.seen().forEach(seen -> text.append(SEEN.formatted(seen.cells().toArray())));
    return text.toString();
  }

  /** One JSON object. */
  public String json() {
    ObjectNode root = new JsonMapper().createObjectNode();
    ArrayNode sorts = root.putArray("sorts");
    result.routes().forEach(route -> addSorts(route, sorts));
    ArrayNode seen = root.putArray("seen");
    result.seen().forEach(mail -> add(mail, seen.addObject()));
    root.put("arrivedTwice", result.arrivedTwice());
    root.put("acceptedPerSecond", Math.round(result.acceptedPerSecond()));
    root.put("settledAfterSeconds", result.settling().toMillis() / 1000.0);
    root.put("asExpected", result.isGood());
    return root.toPrettyString() + "\n";
  }

  private static void add(Seen mail, ObjectNode row) {
    row.put("kind", mail.route().kind());
    row.put("from", mail.from());
    row.put("via", mail.via());
    row.put("dkim", mail.dkim());
    row.put("returnPath", mail.returnPath());
    row.put("copy", mail.copy());
  }

  private void addSorts(Route route, ArrayNode sorts) {
    for (Sort sort : Sort.values()) {
      List<Ending> endings = result.of(route, sort);
      ObjectNode row = sorts.addObject();
      row.put("kind", route.kind());
      row.put("sort", sort.title());
      row.put("sent", endings.size());
      row.put("expected", Ending.word(route.expected(sort)));
      route.expectedCause(sort).ifPresent(cause -> row.put("expectedCause", Ending.word(cause)));
      counts(endings, Ending::state).forEach(row.putObject("got")::put);
      counts(endings, Ending::folder).forEach(row.putObject("folders")::put);
      counts(endings, Ending::why).forEach(row.putObject("evidenceOrCause")::put);
      row.put("asExpected", endings.stream().allMatch(Ending::isAsExpected));
    }
  }

  private static String counted(List<Ending> endings, Function<Ending, String> what) {
    Map<String, Long> counts = counts(endings, what);
    return counts.size() == 1
        ? counts.keySet().iterator().next()
        : counts.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%d %s", entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static Map<String, Long> counts(List<Ending> endings, Function<Ending, String> what) {
    return endings.stream()
        .collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
  }
}
