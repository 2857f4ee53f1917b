package io.leverans.mail.msc;

import io.leverans.mail.conversation.DomainName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a domain says of the servers that take its mail (MTA-STS, RFC 8461 §3.2).
 *
 * @param servers names, in lower case; {@code *.} in front stands for one label
 * @param age for how long it holds, from when it was fetched
 */
record StsPolicy(Mode mode, List<String> servers, Duration age) {
  /** 31,557,600 seconds. */
  static final Duration LONGEST_AGE = Duration.ofHours(8766);

  private static final Pattern FIELD =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):[ \\t]*([^\\p{Cntrl} ](?:[^\\p{Cntrl}]*[^\\p{Cntrl}"
              + " ])?)[ \\t]*");
  private static final Pattern AGE = Pattern.compile("[0-9]{1,10}");
  private static final String ONE_LABEL = "*.";
  private static final Map<String, Mode> MODES =
      Map.of("enforce", Mode.ENFORCE, "testing", Mode.TESTING, "none", Mode.NONE);

  /** What becomes of mail for servers that are not as the policy says. */
  enum Mode {
    /** They get none. */
    ENFORCE,
    /** They get it, and the domain wants to hear of it. */
    TESTING,
    /** They get it: the domain has no policy any more. */
    NONE
  }

  StsPolicy {
    Objects.requireNonNull(mode);
    servers = List.copyOf(servers);
    age = age.compareTo(LONGEST_AGE) > 0 ? LONGEST_AGE : age;
  }

  /**
   * Reads the text of a policy. Of a field that may stand once, the first counts; unknown ones are
   * passed over. An age of more than a year is a year.
   *
   * @throws UnusablePolicyException if it is none
   */
  static StsPolicy parse(String text) throws UnusablePolicyException {
    var found = new Fields();
    for (String line : text.split("\r?\n", -1)) {
      if (!line.isBlank()) {
        found.add(line);
      }
    }
    return found.toPolicy();
  }

  /** Whether a server is one of those named (RFC 8461 §4.1). */
  boolean names(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return servers.contains(name)
        || (dot > 0 && servers.contains(ONE_LABEL + name.substring(dot + 1)));
  }

  /** The fields of a policy as they are met. */
  private static final class Fields {
    private final List<String> servers = new ArrayList<>();
    private Optional<String> version = Optional.empty();
    private Optional<String> mode = Optional.empty();
    private Optional<String> age = Optional.empty();

    void add(String line) throws UnusablePolicyException {
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        throw new UnusablePolicyException(
            "a line of the policy is not a name, a colon and a value");
      }
      String value = field.group(2);
      switch (field.group(1)) {
        case "version" -> version = version.or(() -> Optional.of(value));
        case "mode" -> mode = mode.or(() -> Optional.of(value));
        case "max_age" -> age = age.or(() -> Optional.of(value));
        case "mx" -> servers.add(server(value));
        default -> {}
      }
    }

    private static String server(String value) throws UnusablePolicyException {
      boolean star = value.startsWith(ONE_LABEL);
      return DomainName.find(star ? value.substring(ONE_LABEL.length()) : value)
          .map(name -> star ? ONE_LABEL + name : name)
          .orElseThrow(
              () -> new UnusablePolicyException("the policy names a server that cannot be one"));
    }

    StsPolicy toPolicy() throws UnusablePolicyException {
      if (version.filter("STSv1"::equals).isEmpty()) {
        throw new UnusablePolicyException("the policy is not of the version STSv1");
      }
      Mode wanted =
          mode.map(MODES::get)
              .orElseThrow(
                  () ->
                      new UnusablePolicyException(
                          "the mode of the policy is not enforce, testing or none"));
      String seconds =
          age.filter(text -> AGE.matcher(text).matches())
              .orElseThrow(
                  () -> new UnusablePolicyException("the policy does not say how long it holds"));
      if (servers.isEmpty() && wanted != Mode.NONE) {
        throw new UnusablePolicyException("the policy names no server");
      }
      return new StsPolicy(wanted, servers, Duration.ofSeconds(Long.parseLong(seconds)));
    }
  }
}
