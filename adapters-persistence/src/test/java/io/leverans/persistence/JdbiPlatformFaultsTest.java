package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.application.port.out.PlatformFaultsContract;
import io.leverans.application.port.out.Sender;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiPlatformFaultsTest implements PlatformFaultsContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static Sender operator;

  /** The first team of a database is the operator's. */
  @BeforeAll
  static void begin() {
    operator = new Sender(DATABASE.store());
    assertThat(operator.team().value()).isEqualTo(1);
  }

  @Override
  public PlatformFaults faults() {
    return DATABASE.database().platformFaults();
  }

  @Override
  public void age(Duration by) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE platform_fault
                           SET since = since - :millis * interval '1 millisecond',
                               last_at = last_at - :millis * interval '1 millisecond',
                               told_at = told_at - :millis * interval '1 millisecond'\
                        """)
                    .bind("millis", by.toMillis())
                    .execute());
  }

  @Override
  public List<Event> events() {
    return operator.events().stream()
        .filter(event -> event.kind() == EventKind.PLATFORM_FAULT)
        .toList();
  }

  @Test
  void the_overview_counts_places_as_long_as_trouble_is_met_there() {
    long before = places();
    faults().met(List.of(new Met("to counted.example", Failure.of(Cause.SENDER_DNS, "x"), 3)));
    assertThat(places()).isEqualTo(before + 1);

    age(Duration.ofHours(7));
    assertThat(places()).isZero();
  }

  private static long places() {
    return DATABASE.database().overview().platformFaults().get(Cause.SENDER_DNS);
  }
}
