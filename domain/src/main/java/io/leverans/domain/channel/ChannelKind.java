package io.leverans.domain.channel;

import java.util.regex.Pattern;

/** The open name of a kind of channel. Which kinds exist is for the installed providers to say. */
public record ChannelKind(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public ChannelKind {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a channel kind is up to 32 lower-case letters, digits and dashes, not '" + name + "'");
    }
  }
}
