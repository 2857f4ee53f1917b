package io.leverans.web.input;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as they stand in addresses and bodies. */
public final class Ids {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  /** The id, if the text has the form of one (RFC 9562 §4). */
  public static Optional<UUID> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }

  /**
   * The id.
   *
   * @throws IllegalArgumentException if the text has not the form of one
   */
  public static UUID require(String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an id looks like 0198c5a2-7c1e-7d51-a3c0-1f2e3d4c5b6a"));
  }
}
