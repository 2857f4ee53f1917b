package io.leverans.application.service.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.ResolveDoubt.Resolution;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.out.Suppressions.Addition;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.SentMail;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person may order: {@link RetryMessageService} and {@link ResolveDoubtService}. */
class PersonsWordTest {
  private static final EmailAddress BO = EmailAddress.parse("bo@example.org");
  private static final EmailAddress CY = EmailAddress.parse("cy@example.org");

  private final Deployment deployment = new Deployment();
  private final Caller caller = deployment.admin;
  private final RetryMessageService retry =
      new RetryMessageService(deployment.messages, deployment.identities, deployment.suppressions);
  private final ResolveDoubtService resolve =
      new ResolveDoubtService(deployment.messages, deployment.identities, deployment.suppressions);
  private final MessageId message =
      new SentMail(deployment).accept(BO.toString(), CY.toString()).id();

  @BeforeEach
  void both_are_being_sent() {
    happen(BO, DeliveryFact.CLAIMED, DeliveryFact.GO);
    happen(CY, DeliveryFact.CLAIMED, DeliveryFact.GO);
  }

  @Test
  void a_retry_queues_what_failed_and_leaves_the_rest_alone() {
    happen(BO, DeliveryFact.REJECTED);
    happen(CY, DeliveryFact.ACCEPTED);
    assertThat(retry.retry(caller, message))
        .isEqualTo(new RetryMessage.Result.Queued(read(), List.of()));
    assertThat(states()).containsExactly(DeliveryState.QUEUED, DeliveryState.ACCEPTED);
  }

  @Test
  void a_retry_queues_what_bounced() {
    happen(BO, DeliveryFact.ACCEPTED, DeliveryFact.BOUNCE_REPORTED);
    assertThat(retry.retry(caller, message)).isInstanceOf(RetryMessage.Result.Queued.class);
    assertThat(states()).containsExactly(DeliveryState.QUEUED, DeliveryState.HANDED_OVER);
  }

  @Test
  void a_retry_never_sends_again_what_is_in_doubt() {
    happen(BO, DeliveryFact.ANSWER_LOST);
    happen(CY, DeliveryFact.ACCEPTED);
    assertThat(retry.retry(caller, message))
        .isEqualTo(new RetryMessage.Result.NothingToRetry(read()));
    assertThat(states()).containsExactly(DeliveryState.IN_DOUBT, DeliveryState.ACCEPTED);
  }

  @Test
  void a_retry_without_content_queues_nothing_and_says_since_when_there_is_none() {
    happen(BO, DeliveryFact.REJECTED);
    happen(CY, DeliveryFact.ACCEPTED);
    deployment.messages.purge(message);

    assertThat(retry.retry(caller, message))
        .isEqualTo(
            new RetryMessage.Result.ContentPurged(read(), read().contentPurgedAt().orElseThrow()));
    assertThat(states()).containsExactly(DeliveryState.FAILED, DeliveryState.ACCEPTED);
  }

  @Test
  void a_retry_leaves_out_whom_the_team_does_not_write_to_and_says_so() {
    happen(BO, DeliveryFact.REJECTED);
    happen(CY, DeliveryFact.REJECTED);
    var _ = suppress("BO@example.org");

    assertThat(retry.retry(caller, message))
        .isEqualTo(new RetryMessage.Result.Queued(read(), List.of(BO)));
    assertThat(states()).containsExactly(DeliveryState.FAILED, DeliveryState.QUEUED);
  }

  @Test
  void a_retry_of_nobody_that_the_team_writes_to_queues_nothing_and_says_why() {
    happen(BO, DeliveryFact.REJECTED);
    happen(CY, DeliveryFact.ACCEPTED);
    SuppressedAddress entry = suppress("bo@example.org");
    var _ = suppress("cy@example.org");

    assertThat(retry.retry(caller, message))
        .isEqualTo(new RetryMessage.Result.RecipientsSuppressed(read(), Map.of(BO, entry)));
    assertThat(states()).containsExactly(DeliveryState.FAILED, DeliveryState.ACCEPTED);
  }

  @Test
  void what_is_in_doubt_is_not_sent_again_to_whom_the_team_does_not_write_to() {
    happen(BO, DeliveryFact.ANSWER_LOST);
    SuppressedAddress entry = suppress("bo@example.org");

    assertThat(resolve(caller, BO, Resolution.RESEND))
        .isEqualTo(new ResolveDoubt.Result.RecipientSuppressed(BO, entry));
    assertThat(states()).containsExactly(DeliveryState.IN_DOUBT, DeliveryState.HANDED_OVER);
    assertThat(resolve(caller, BO, Resolution.FAILED))
        .isInstanceOf(ResolveDoubt.Result.Resolved.class);
  }

  private SuppressedAddress suppress(String address) {
    Addition addition =
        deployment.suppressions.add(
            new NewSuppression(
                caller.team(),
                new SuppressionId(deployment.ids.next()),
                EmailAddress.parse(address),
                SuppressionReason.COMPLAINED,
                Optional.empty(),
                Optional.empty()));
    return ((Addition.Added) addition).entry();
  }

  @Test
  void what_neither_failed_nor_bounced_is_not_to_be_retried_with_content_or_without() {
    happen(BO, DeliveryFact.ACCEPTED);
    happen(CY, DeliveryFact.ACCEPTED);
    deployment.messages.purge(message);

    assertThat(retry.retry(caller, message))
        .isEqualTo(new RetryMessage.Result.NothingToRetry(read()));
  }

  @Test
  void another_teams_message_is_unknown() {
    happen(BO, DeliveryFact.ANSWER_LOST);
    assertThat(retry.retry(deployment.stranger, message))
        .isEqualTo(new RetryMessage.Result.UnknownMessage());
    assertThat(resolve(deployment.stranger, BO, Resolution.RESEND))
        .isEqualTo(new ResolveDoubt.Result.UnknownMessage());
    assertThat(states()).containsExactly(DeliveryState.IN_DOUBT, DeliveryState.HANDED_OVER);
  }

  @ParameterizedTest
  @CsvSource({"SENT, ACCEPTED", "RESEND, QUEUED", "FAILED, FAILED"})
  void a_persons_word_settles_what_is_in_doubt(Resolution as, DeliveryState state) {
    happen(BO, DeliveryFact.ANSWER_LOST);
    assertThat(resolve(caller, BO, as)).isEqualTo(new ResolveDoubt.Result.Resolved(read()));
    assertThat(states()).containsExactly(state, DeliveryState.HANDED_OVER);
  }

  @Test
  void the_recipient_may_be_named_in_any_case() {
    happen(BO, DeliveryFact.ANSWER_LOST);
    assertThat(resolve(caller, EmailAddress.parse("BO@Example.org"), Resolution.SENT))
        .isInstanceOf(ResolveDoubt.Result.Resolved.class);
  }

  @Test
  void a_word_counts_once() {
    happen(BO, DeliveryFact.ANSWER_LOST);
    assertThat(resolve(caller, BO, Resolution.SENT))
        .isInstanceOf(ResolveDoubt.Result.Resolved.class);
    assertThat(resolve(caller, BO, Resolution.RESEND))
        .isEqualTo(new ResolveDoubt.Result.NotInDoubt(DeliveryState.ACCEPTED));
    assertThat(states()).containsExactly(DeliveryState.ACCEPTED, DeliveryState.HANDED_OVER);
  }

  @Test
  void what_is_not_in_doubt_is_left_alone() {
    assertThat(resolve(caller, CY, Resolution.RESEND))
        .isEqualTo(new ResolveDoubt.Result.NotInDoubt(DeliveryState.HANDED_OVER));
  }

  @Test
  void whom_the_message_does_not_go_to_is_unknown() {
    EmailAddress nobody = EmailAddress.parse("nobody@example.org");
    assertThat(resolve(caller, nobody, Resolution.SENT))
        .isEqualTo(new ResolveDoubt.Result.UnknownRecipient(nobody));
  }

  private ResolveDoubt.Result resolve(Caller by, EmailAddress recipient, Resolution as) {
    return resolve.resolve(new ResolveDoubt.Command(by, message, recipient, as));
  }

  private MessageView read() {
    return deployment.messages.find(caller.team(), message).orElseThrow();
  }

  private List<DeliveryState> states() {
    return read().deliveries().stream().map(DeliveryView::state).toList();
  }

  private void happen(EmailAddress recipient, DeliveryFact... facts) {
    read().deliveries().stream()
        .filter(delivery -> delivery.recipient().mailbox().address().equals(recipient))
        .forEach(delivery -> deployment.messages.happen(delivery.id(), facts));
  }
}
