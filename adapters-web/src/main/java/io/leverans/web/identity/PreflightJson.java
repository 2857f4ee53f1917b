package io.leverans.web.identity;

import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightPoint.Verdict;
import io.leverans.application.view.PreflightView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether an identity can send now, as it is told. */
record PreflightJson(
    UUID identityId,
    UUID channelId,
    Verdict verdict,
    Optional<Instant> throughAt,
    List<PointJson> points) {
  PreflightJson {
    points = List.copyOf(points);
  }

  static PreflightJson of(PreflightView preflight) {
    return new PreflightJson(
        preflight.identity().value(),
        preflight.channel().value(),
        preflight.verdict(),
        preflight.throughAt(),
        preflight.points().stream().map(point -> point(preflight, point)).toList());
  }

  private static PointJson point(PreflightView preflight, PreflightPoint point) {
    return new PointJson(
        point.topic(),
        point.verdict(),
        point.words(),
        point.next().map(Next::words),
        point.next().flatMap(Next::deed).map(deed -> request(preflight, deed)),
        point.entry().map(entry -> "/to/" + entry));
  }

  /** The request that does it. */
  private static String request(PreflightView preflight, Deed deed) {
    return switch (deed) {
      case SEND_VERIFICATION ->
          "POST /v1/identities/%s/verification".formatted(preflight.identity().value());
      case TEST_CHANNEL -> "POST /v1/channels/%s/test".formatted(preflight.channel().value());
      case CHOOSE_CHANNEL ->
          "PUT /v1/identities/%s/channel".formatted(preflight.identity().value());
      case RECONNECT_CHANNEL ->
          "POST /v1/channels/%s/connect".formatted(preflight.channel().value());
      case CHANGE_CHANNEL -> "PATCH /v1/channels/%s".formatted(preflight.channel().value());
      case CONNECT_CHANNEL -> "POST /v1/channels";
      case ADD_SENDER_DOMAIN -> "POST /v1/domains";
    };
  }

  /**
   * One thing that decides.
   *
   * @param request what to ask here to do what is next
   * @param field which of the addresses in the body it is about
   */
  record PointJson(
      Topic name,
      Verdict verdict,
      String words,
      Optional<String> next,
      Optional<String> request,
      Optional<String> field) {}
}
