package io.leverans.mail.gmail;

import io.leverans.domain.delivery.NextHop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said in an attempt, a line each: {@code >} from us, {@code <} to us, {@code *} what
 * happened; and with whom. Without content and secrets. For one thread.
 */
final class Diary {
  private static final int MAX_LINES = 100;
  private static final int MAX_LENGTH = 500;

  private final List<String> lines = new ArrayList<>();
  private Optional<NextHop> hop = Optional.empty();

  void note(String event) {
    add("* " + event);
  }

  void sent(String line) {
    add("> " + line);
  }

  void received(String line) {
    add("< " + line);
  }

  void met(NextHop server) {
    hop = Optional.of(server);
  }

  private void add(String line) {
    if (lines.size() < MAX_LINES) {
      String cut = line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
      lines.add(cut.replaceAll("\\p{Cntrl}", "?"));
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  Optional<NextHop> hop() {
    return hop;
  }
}
