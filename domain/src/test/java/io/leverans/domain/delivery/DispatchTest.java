package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final Envelope ENVELOPE =
      new Envelope(new DeliveryId(new UUID(0, 1)), EmailAddress.parse("bo@example.com"));

  @Test
  void has_someone_aboard() {
    assertThatIllegalArgumentException().isThrownBy(() -> dispatch(List.of(), 1));
  }

  @Test
  void counts_attempts_from_one() {
    assertThatIllegalArgumentException().isThrownBy(() -> dispatch(List.of(ENVELOPE), 0));
  }

  @Test
  void does_not_change_with_the_list_it_was_made_from() {
    var envelopes = new ArrayList<>(List.of(ENVELOPE));
    Dispatch dispatch = dispatch(envelopes, 1);
    envelopes.clear();
    assertThat(dispatch.envelopes()).containsExactly(ENVELOPE);
  }

  @Test
  void a_report_without_an_outcome_for_someone_aboard_is_a_broken_promise() {
    var report = new AttemptReport(Map.of(), Optional.empty(), List.of());
    assertThatIllegalStateException().isThrownBy(() -> report.outcomeFor(ENVELOPE.delivery()));
  }

  private static Dispatch dispatch(List<Envelope> envelopes, int attempt) {
    return new Dispatch(
        new TeamId(1),
        new DispatchId(new UUID(0, 2)),
        new MessageId(new UUID(0, 3)),
        EmailAddress.parse("anna@example.com"),
        Octets.of(new byte[0]),
        envelopes,
        new Lane("anywhere"),
        Optional.empty(),
        Optional.empty(),
        attempt,
        Instant.EPOCH);
  }
}
