package io.leverans.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder.Section;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          SCHEDULED,   PENDING,     SCHEDULED
          QUEUED,      PENDING,     IN_PROGRESS
          SENDING,     PENDING,     IN_PROGRESS
          HANDED_OVER, PENDING,     IN_PROGRESS
          WAITING,     PENDING,     WAITING
          IN_DOUBT,    UNDELIVERED, IN_DOUBT
          ACCEPTED,    SENT,        SENT
          CONFIRMED,   SENT,        SENT
          BOUNCED,     UNDELIVERED, BOUNCED
          COMPLAINED,  UNDELIVERED, SPAM_COMPLAINTS
          FAILED,      UNDELIVERED, FAILED
          CANCELLED,   UNDELIVERED, CANCELLED
          LOGGED,      SENT,        SENT
          """)
  void one_delivery_lies_where_its_state_says(DeliveryState state, Section section, Folder folder) {
    assertThat(Folder.of(state)).isEqualTo(folder);
    assertThat(Folder.of(List.of(state)).section()).isEqualTo(section);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ACCEPTED ACCEPTED CONFIRMED,     SENT
          ACCEPTED QUEUED,                 IN_PROGRESS
          ACCEPTED WAITING SENDING,        WAITING
          ACCEPTED FAILED,                 FAILED
          QUEUED FAILED,                   FAILED
          IN_DOUBT ACCEPTED QUEUED,        IN_DOUBT
          FAILED IN_DOUBT,                 FAILED
          BOUNCED FAILED,                  BOUNCED
          COMPLAINED BOUNCED FAILED,       SPAM_COMPLAINTS
          CANCELLED ACCEPTED,              CANCELLED
          """)
  void a_message_lies_in_the_gravest_folder_of_its_deliveries(String states, Folder folder) {
    List<DeliveryState> given =
        Arrays.stream(states.split(" ", -1)).map(DeliveryState::valueOf).toList();
    assertThat(Folder.of(given)).isEqualTo(folder);
    assertThat(Folder.of(given.reversed())).isEqualTo(folder);
  }

  @Test
  void whatever_is_undelivered_is_graver_than_what_is_pending_and_that_than_what_is_sent() {
    assertThat(Folder.values()).extracting(Folder::section).isSorted();
  }

  @Test
  void no_state_is_without_a_folder() {
    assertThat(Stream.of(DeliveryState.values()).map(Folder::of)).doesNotContainNull();
  }

  @Test
  void a_message_without_deliveries_lies_nowhere() {
    assertThatIllegalArgumentException().isThrownBy(() -> Folder.of(List.of()));
  }
}
