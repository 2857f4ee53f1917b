package io.leverans.web.failed;

import io.leverans.application.view.FailedFilter;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.TimeText;
import io.leverans.web.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The filter, which has the same names in the address and in a body. */
final class FilterFields {
  static final List<String> NAMES =
      List.of("since", "until", "cause", "domain", "channelId", "identityId");

  private FilterFields() {}

  static FailedFilter of(Parameters parameters) {
    Optional<Instant> since = parameters.read("since", TimeText::parse);
    return new FailedFilter(
        since,
        parameters.read("until", after(since)),
        parameters.word("cause", Cause.class),
        parameters.read("domain", FilterFields::domain),
        parameters.read("channelId", Ids::require).map(ChannelId::new),
        parameters.read("identityId", Ids::require).map(IdentityId::new));
  }

  /** Ends the request if anything in the body is wrong. */
  static FailedFilter of(JsonBody body) {
    Optional<JsonFields> fields = body.fields(NAMES);
    Optional<Instant> since = read(fields, "since", TimeText::parse);
    Optional<Instant> until = read(fields, "until", after(since));
    Optional<Cause> cause = fields.flatMap(object -> object.word("cause", Cause.class));
    Optional<String> domain = read(fields, "domain", FilterFields::domain);
    Optional<ChannelId> channel = read(fields, "channelId", Ids::require).map(ChannelId::new);
    Optional<IdentityId> identity = read(fields, "identityId", Ids::require).map(IdentityId::new);
    body.findings().refuseAny();
    return new FailedFilter(since, until, cause, domain, channel, identity);
  }

  private static <T> Optional<T> read(
      Optional<JsonFields> fields, String name, Function<String, T> parser) {
    return fields
        .flatMap(object -> object.find(name))
        .flatMap(field -> field.read(ProblemType.INVALID_FIELD, parser));
  }

  private static Function<String, Instant> after(Optional<Instant> since) {
    return text -> {
      Instant until = TimeText.parse(text);
      if (since.isPresent() && !since.get().isBefore(until)) {
        throw new IllegalArgumentException("until has to be after since; change one of them");
      }
      return until;
    };
  }

  private static String domain(String text) {
    try {
      return new EmailAddress("anyone", text).domain();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a domain is written as in example.com, without an @", e);
    }
  }
}
