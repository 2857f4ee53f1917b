package io.leverans.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.domain.delivery.DeliveryState;
import java.util.List;
import java.util.Locale;

/**
 * How one message of the demo stands, in the words of the API.
 *
 * @param why the cause where it failed or came back, else the evidence; empty if neither is known
 * @param laterWords the kinds of what was heard afterwards
 */
public record Ending(
    Route route,
    Sort sort,
    String address,
    String state,
    String folder,
    String why,
    List<String> laterWords,
    int attempts) {
  public Ending {
    laterWords = List.copyOf(laterWords);
  }

  static Ending of(Route route, Sort sort, String address, JsonNode message) {
    JsonNode recipient = message.path("recipients").path(0);
    String cause = recipient.path("failure").path("cause").asText("");
    String evidence = recipient.path("evidence").asText("");
    boolean settledWell = recipient.path("state").asText().equals(word(DeliveryState.ACCEPTED));
    return new Ending(
        route,
        sort,
        address,
        recipient.path("state").asText(),
        message.path("folder").asText(),
        settledWell || cause.isEmpty() ? evidence : cause,
        recipient.path("laterWords").valueStream().map(word -> word.path("kind").asText()).toList(),
        recipient.path("attempts").size());
  }

  /** Whether it stands as a message of its sort must end. */
  boolean isAsExpected() {
    return state.equals(word(route.expected(sort)))
        && route.expectedCause(sort).map(cause -> why.equals(word(cause))).orElse(true)
        && route.expectedLaterWord(sort).map(kind -> laterWords.contains(kind.word())).orElse(true);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
