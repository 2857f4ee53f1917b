package io.leverans.domain.delivery;

import static io.leverans.domain.delivery.Suppression.SUPPRESSES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CauseTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # cause,            fault,         permanence, suppression
          MAILBOX_UNKNOWN,     RECIPIENT,     PERMANENT, SUPPRESSES
          MAILBOX_INACTIVE,    RECIPIENT,     PERMANENT, SUPPRESSES
          MAILBOX_MOVED,       RECIPIENT,     PERMANENT, SUPPRESSES
          MAILBOX_FULL,        RECIPIENT,     TRANSIENT, LEAVES_ALONE
          RECIPIENT_FILTERED,  RECIPIENT,     PERMANENT, LEAVES_ALONE
          DOMAIN_UNKNOWN,      RECIPIENT,     PERMANENT, SUPPRESSES
          DOMAIN_REFUSES_MAIL, RECIPIENT,     PERMANENT, SUPPRESSES
          SENDER_REJECTED,     CHANNEL,       PERMANENT, LEAVES_ALONE
          RELAY_DENIED,        CHANNEL,       PERMANENT, LEAVES_ALONE
          REPUTATION_BLOCK,    PLATFORM,      TRANSIENT, LEAVES_ALONE
          SENDER_DNS,          PLATFORM,      PERMANENT, LEAVES_ALONE
          AUTH_FAILURE,        SENDER_DOMAIN, PERMANENT, LEAVES_ALONE
          POLICY,              UNKNOWN,       PERMANENT, LEAVES_ALONE
          SPAM_REJECTED,       CONTENT,       PERMANENT, LEAVES_ALONE
          MARKED_AS_SPAM,      RECIPIENT,     PERMANENT, SUPPRESSES
          VIRUS_REJECTED,      CONTENT,       PERMANENT, LEAVES_ALONE
          CONTENT_REJECTED,    CONTENT,       PERMANENT, LEAVES_ALONE
          MESSAGE_TOO_LARGE,   CONTENT,       PERMANENT, LEAVES_ALONE
          RATE_LIMITED,        PLATFORM,      TRANSIENT, LEAVES_ALONE
          REMOTE_SYSTEM_ERROR, RECIPIENT,     TRANSIENT, LEAVES_ALONE
          PROTOCOL_ERROR,      UNKNOWN,       PERMANENT, LEAVES_ALONE
          NETWORK_FAILURE,     NETWORK,       TRANSIENT, LEAVES_ALONE
          TLS_FAILURE,         NETWORK,       TRANSIENT, LEAVES_ALONE
          ROUTING_LOOP,        RECIPIENT,     PERMANENT, LEAVES_ALONE
          DELIVERY_EXPIRED,    UNKNOWN,       PERMANENT, LEAVES_ALONE
          CREDENTIALS_REFUSED, CHANNEL,       PERMANENT, LEAVES_ALONE
          QUOTA_SPENT,         CHANNEL,       TRANSIENT, LEAVES_ALONE
          SUPPRESSED,          RECIPIENT,     PERMANENT, LEAVES_ALONE
          CANCELLED,           UNKNOWN,       PERMANENT, LEAVES_ALONE
          UNDETERMINED,        UNKNOWN,       TRANSIENT, LEAVES_ALONE
          """)
  void says_whose_fault_for_how_long_and_whether_to_write_again(
      Cause cause, Fault fault, Permanence permanence, Suppression suppression) {
    assertThat(cause.fault()).isEqualTo(fault);
    assertThat(cause.permanence()).isEqualTo(permanence);
    assertThat(cause.suppression()).isEqualTo(suppression);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # cause,            who can mend it, what to do
          MAILBOX_UNKNOWN,     SENDER,          CORRECT_ADDRESS
          MAILBOX_INACTIVE,    SENDER,          CORRECT_ADDRESS
          MAILBOX_MOVED,       SENDER,          CORRECT_ADDRESS
          MAILBOX_FULL,        RECIPIENTS_SIDE, WAIT
          RECIPIENT_FILTERED,  RECIPIENTS_SIDE, NOTHING
          DOMAIN_UNKNOWN,      SENDER,          CORRECT_ADDRESS
          DOMAIN_REFUSES_MAIL, SENDER,          CORRECT_ADDRESS
          SENDER_REJECTED,     TEAM_ADMIN,      RECONNECT_CHANNEL
          RELAY_DENIED,        TEAM_ADMIN,      RECONNECT_CHANNEL
          REPUTATION_BLOCK,    OPERATOR,        WAIT
          SENDER_DNS,          OPERATOR,        WAIT
          AUTH_FAILURE,        TEAM_ADMIN,      PUBLISH_RECORD
          POLICY,              RECIPIENTS_SIDE, NOTHING
          SPAM_REJECTED,       SENDER,          CHANGE_MESSAGE
          MARKED_AS_SPAM,      NOBODY,          NOTHING
          VIRUS_REJECTED,      SENDER,          CHANGE_MESSAGE
          CONTENT_REJECTED,    SENDER,          CHANGE_MESSAGE
          MESSAGE_TOO_LARGE,   SENDER,          CHANGE_MESSAGE
          RATE_LIMITED,        NOBODY,          RETRY_ALL
          REMOTE_SYSTEM_ERROR, RECIPIENTS_SIDE, RETRY_ALL
          PROTOCOL_ERROR,      OPERATOR,        WAIT
          NETWORK_FAILURE,     NOBODY,          RETRY_ALL
          TLS_FAILURE,         OPERATOR,        RETRY_ALL
          ROUTING_LOOP,        RECIPIENTS_SIDE, NOTHING
          DELIVERY_EXPIRED,    SENDER,          RETRY_ALL
          CREDENTIALS_REFUSED, TEAM_ADMIN,      RECONNECT_CHANNEL
          QUOTA_SPENT,         TEAM_ADMIN,      WAIT
          SUPPRESSED,          TEAM_ADMIN,      REMOVE_FROM_SUPPRESSION_LIST
          CANCELLED,           NOBODY,          NOTHING
          UNDETERMINED,        NOBODY,          RETRY_ALL
          """)
  void says_who_can_mend_it_and_what_to_do_about_what_ended_for_it(
      Cause cause, Mender mender, Cure cure) {
    assertThat(cause.mender()).isEqualTo(mender);
    assertThat(cause.cure()).isEqualTo(cure);
  }

  @Test
  void only_lost_addresses_and_complaints_suppress() {
    assertThat(Stream.of(Cause.values()).filter(cause -> cause.suppression() == SUPPRESSES))
        .containsExactlyInAnyOrder(
            Cause.MAILBOX_UNKNOWN,
            Cause.MAILBOX_INACTIVE,
            Cause.MAILBOX_MOVED,
            Cause.DOMAIN_UNKNOWN,
            Cause.DOMAIN_REFUSES_MAIL,
            Cause.MARKED_AS_SPAM);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void only_a_permanent_fault_of_the_recipient_may_suppress(Cause cause) {
    if (cause.suppression() == SUPPRESSES) {
      assertThat(cause.fault()).isEqualTo(Fault.RECIPIENT);
      assertThat(cause.permanence()).isEqualTo(Permanence.PERMANENT);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {
        "REPUTATION_BLOCK",
        "SENDER_DNS",
        "AUTH_FAILURE",
        "POLICY",
        "SPAM_REJECTED",
        "VIRUS_REJECTED",
        "CONTENT_REJECTED",
        "RELAY_DENIED",
        "SENDER_REJECTED"
      })
  void what_servers_say_with_status_5_7_is_not_the_addresss_fault(Cause cause) {
    assertThat(cause.fault()).isNotEqualTo(Fault.RECIPIENT);
    assertThat(cause.suppression()).isEqualTo(Suppression.LEAVES_ALONE);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void every_cause_tells_in_sentences_what_to_do(Cause cause) {
    assertThat(cause.remedy())
        .hasSizeBetween(30, 200)
        .matches("[A-Z].*\\.")
        .doesNotContain("  ", "!", "\n");
  }

  @Test
  void no_two_causes_give_the_same_advice() {
    assertThat(Cause.values()).extracting(Cause::remedy).doesNotHaveDuplicates();
  }
}
