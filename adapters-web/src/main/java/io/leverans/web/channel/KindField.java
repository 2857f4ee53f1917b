package io.leverans.web.channel;

import io.leverans.domain.channel.ChannelKind;
import io.leverans.web.input.JsonFields;
import io.leverans.web.problem.ProblemType;
import java.util.Optional;

/** The kind of a channel that is to be connected. */
public final class KindField {
  private KindField() {}

  public static Optional<ChannelKind> read(JsonFields fields) {
    return fields
        .require("kind", "GET /v1/channel-kinds lists the kinds")
        .flatMap(field -> field.read(ProblemType.INVALID_FIELD, KindField::kind));
  }

  private static ChannelKind kind(String name) {
    try {
      return new ChannelKind(name);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "this is no kind of channel; GET /v1/channel-kinds lists those there are");
    }
  }
}
