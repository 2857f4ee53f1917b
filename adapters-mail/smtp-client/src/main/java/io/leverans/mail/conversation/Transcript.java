package io.leverans.mail.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What was said in an attempt, a line each: {@code >} from us, {@code <} to us, {@code *} what
 * happened. It grows to a bound and holds no content and no secrets. For one thread.
 */
public final class Transcript {
  private static final int MAX_LINES = 200;
  private static final int MAX_LENGTH = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final List<String> lines = new ArrayList<>();

  /** Adds something that happened. */
  public void note(String event) {
    add("* " + event);
  }

  /** Adds what we said, without secrets. */
  public void sent(String command) {
    add("> " + command);
  }

  /** Adds what was said to us. */
  public void received(String line) {
    add("< " + line);
  }

  private void add(String line) {
    if (lines.size() == MAX_LINES) {
      lines.add("* the rest is left out");
    }
    if (lines.size() < MAX_LINES) {
      lines.add(printable(line));
    }
  }

  private static String printable(String line) {
    String cut = line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    return CONTROL.matcher(cut).replaceAll("?");
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }
}
