package io.leverans.web.message;

import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.application.view.LaterWord;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Remedy;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a report said afterwards, as it is told.
 *
 * @param subject of the mail that said it: for a machine's answer, what the machine said
 * @param remedy what to do where nothing failed and yet something is to be done
 * @param corrected what somebody read in it instead
 */
record LaterWordJson(
    UUID reportId,
    Instant receivedAt,
    String kind,
    Optional<String> kindInWords,
    Optional<String> subject,
    Optional<FailureJson> failure,
    Optional<String> remedy,
    Optional<ReadingJson> corrected) {
  private static final Map<EventKind, String> IN_WORDS =
      Map.of(
          EventKind.DELIVERY_BOUNCED,
          "It was returned.",
          EventKind.DELIVERY_COMPLAINED,
          "The recipient called it spam.",
          EventKind.DELIVERY_CONFIRMED,
          "It reached the mailbox.",
          EventKind.DELIVERY_DELAYED,
          "It is late; the server tries further.",
          EventKind.DELIVERY_RELAYED,
          "It was passed on to where no reports come from.",
          EventKind.DELIVERY_AUTO_REPLIED,
          "A machine answered in the recipient's place.",
          EventKind.DELIVERY_CHALLENGED,
          "The recipient's server asks for proof that a person wrote.",
          EventKind.DELIVERY_CORRECTED,
          "A person read a report that had told nothing.");
  private static final Set<EventKind> ENDS =
      EnumSet.of(EventKind.DELIVERY_BOUNCED, EventKind.DELIVERY_COMPLAINED);

  static LaterWordJson of(LaterWord word) {
    EventName kind = word.kind();
    return new LaterWordJson(
        word.report().value(),
        word.receivedAt(),
        kind.word(),
        Optional.ofNullable(IN_WORDS.get(kind)),
        word.subject(),
        word.failure().map(failure -> failureJson(failure, kind)),
        Optional.of(Remedy.OF_A_CHALLENGE).filter(_ -> kind == EventKind.DELIVERY_CHALLENGED),
        word.correction().map(ReadingJson::of));
  }

  /** What the report says in truth, in somebody's reading. */
  record ReadingJson(Correction.As as, Optional<Cause> cause) {
    static ReadingJson of(Correction correction) {
      return new ReadingJson(correction.as(), correction.cause());
    }
  }

  private static FailureJson failureJson(Failure failure, EventName kind) {
    return ENDS.contains(kind) ? FailureJson.ofTheEnd(failure) : FailureJson.inBetween(failure);
  }
}
