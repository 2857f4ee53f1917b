package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemedyTest {
  @ParameterizedTest
  @EnumSource(
      value = DeliveryState.class,
      names = {"SCHEDULED", "QUEUED", "WAITING"},
      mode = EnumSource.Mode.EXCLUDE)
  void no_other_attempt_is_promised_where_none_will_come(DeliveryState state) {
    assertThat(Arrays.stream(Cause.values()).map(cause -> Remedy.of(state, cause)))
        .noneMatch(remedy -> remedy.contains("by itself"));
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void mail_that_is_queued_is_said_to_be_tried_again(Cause cause) {
    assertThat(Remedy.of(DeliveryState.QUEUED, cause))
        .startsWith(cause.remedy())
        .endsWith("It is tried again later by itself.");
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void what_is_in_doubt_is_for_a_person_to_resolve(Cause cause) {
    assertThat(Remedy.of(DeliveryState.IN_DOUBT, cause))
        .contains("may have arrived")
        .contains("resolve it");
  }

  @Test
  void a_complaint_is_no_reason_to_change_the_text() {
    assertThat(Remedy.of(DeliveryState.COMPLAINED, Cause.SPAM_REJECTED))
        .contains("Do not write there again")
        .doesNotContain("Change the text");
  }

  @Test
  void a_broken_connection_is_not_called_out_of_reach_alone() {
    assertThat(Remedy.of(DeliveryState.FAILED, Cause.NETWORK_FAILURE))
        .contains("could not be reached, or the connection broke");
  }
}
