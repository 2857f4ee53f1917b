package io.leverans.application.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AcceptMessage.Command;
import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.AcceptMessage.Result;
import io.leverans.application.port.in.AcceptMessage.Suppressed;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.Suppressions.Addition;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.preflight.SendingObjections;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptMessageServiceTest {
  private static final Idempotency KEY = new Idempotency("deal-17", "f1");

  private final Deployment deployment = new Deployment();
  private final Identity identity = deployment.verified(deployment.member, "Bo <bo@example.com>");
  private final AcceptMessageService service = serviceWith(deployment.providers);

  @Test
  void what_is_accepted_is_stored_as_it_was_asked_for() {
    MessageView accepted = accepted(service.accept(command(deployment.member, identity.id())));
    NewMail stored = deployment.messages.accepted().getFirst();
    Message message = stored.message();
    assertThat(message.id()).isEqualTo(accepted.id());
    assertThat(message.purpose()).isEqualTo(Purpose.CORRESPONDENCE);
    assertThat(message.identity()).contains(identity.id());
    assertThat(message.channel()).isEqualTo(identity.channel());
    assertThat(message.from()).isEqualTo(identity.mailbox());
    assertThat(message.date()).isEqualTo(deployment.now());
    assertThat(message.internetId().value())
        .isEqualTo("<" + message.id().value() + "@mail.example.com>");
    assertThat(message.metadata()).isEqualTo(Map.of("deal", "17"));
  }

  @Test
  void the_answer_is_what_reading_the_message_shows() {
    MessageView accepted = accepted(service.accept(command(deployment.member, identity.id())));
    assertThat(deployment.messages.find(deployment.member.team(), accepted.id()))
        .contains(accepted);
    assertThat(accepted.folder()).isEqualTo(Folder.IN_PROGRESS);
    assertThat(accepted.deliveries())
        .extracting(DeliveryView::state)
        .containsOnly(DeliveryState.QUEUED);
  }

  @Test
  void one_recipient_each_makes_a_dispatch_for_every_recipient() {
    var _ = service.accept(command(deployment.member, identity.id()));
    assertThat(deployment.messages.accepted().getFirst().dispatches())
        .extracting(PlannedDispatch::lane)
        .containsExactly(new Lane("example.org"), new Lane("example.net"));
  }

  @ParameterizedTest
  @EnumSource(names = {"ANY_SUBSET", "WHOLE_MESSAGE"})
  void recipients_that_travel_together_make_one_dispatch(Grouping grouping) {
    var together = serviceWith(deployment.providers(grouping));
    var _ = together.accept(command(deployment.member, identity.id()));
    assertThat(deployment.messages.accepted().getFirst().dispatches())
        .singleElement()
        .satisfies(dispatch -> assertThat(dispatch.deliveries()).hasSize(2))
        .extracting(PlannedDispatch::lane)
        .isEqualTo(new Lane("example.org+example.net"));
  }

  @Test
  void an_unknown_identity_sends_nothing() {
    var unknown = new IdentityId(deployment.ids.next());
    assertRefused(deployment.member, unknown, new Result.UnknownIdentity(unknown));
  }

  @Test
  void another_teams_identity_is_as_good_as_unknown() {
    Identity foreign = deployment.verified(deployment.stranger, "di@example.com");
    assertRefused(deployment.admin, foreign.id(), new Result.UnknownIdentity(foreign.id()));
  }

  @Test
  void a_member_may_not_write_as_a_colleague() {
    assertRefused(deployment.colleague, identity.id(), new Result.UnknownIdentity(identity.id()));
  }

  @Test
  void an_admin_may_write_as_a_member() {
    assertThat(service.accept(command(deployment.admin, identity.id())))
        .isInstanceOf(Result.Accepted.class);
  }

  @Test
  void an_unverified_identity_sends_nothing() {
    Identity unverified = deployment.unverified(deployment.member, "new@example.com");
    assertRefused(
        deployment.member,
        unverified.id(),
        new Result.UnverifiedIdentity(
            unverified.id(), SendingObjections.verified(unverified).words()));
  }

  @Test
  void a_colleague_learns_nothing_of_an_unverified_identity() {
    Identity unverified = deployment.unverified(deployment.member, "new@example.com");
    assertRefused(
        deployment.colleague, unverified.id(), new Result.UnknownIdentity(unverified.id()));
  }

  @Test
  void a_kind_that_is_no_longer_offered_is_told() {
    assertThat(
            serviceWith(deployment.noProviders).accept(command(deployment.member, identity.id())))
        .isEqualTo(
            new Result.ChannelNotOffered(
                Deployment.PAPER, SendingObjections.notOffered(Deployment.PAPER).words()));
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void a_channel_that_needs_attention_still_accepts_mail_which_then_waits() {
    var fault =
        new ChannelFault(Cause.CREDENTIALS_REFUSED, "535 no", "Mend it.", Certainty.CERTAIN);
    var _ =
        deployment.channels.faulted(
            deployment.member.team(), deployment.platformChannel, fault, Optional.empty());
    assertThat(service.accept(command(deployment.member, identity.id())))
        .isInstanceOf(Result.Accepted.class);
  }

  @Test
  void the_composed_message_is_measured_and_not_what_was_written() {
    String envelope = "From: Bo <bo@example.com>\n\n";
    int room = 10_000 - envelope.length();
    assertThat(service.accept(command("x".repeat(room + 1))))
        .isEqualTo(new Result.TooLarge(10_001, 10_000));
    assertThat(deployment.messages.accepted()).isEmpty();
    assertThat(service.accept(command("x".repeat(room)))).isInstanceOf(Result.Accepted.class);
  }

  @Test
  void the_same_request_again_is_answered_with_the_same_message_and_sends_nothing_new() {
    MessageView first = accepted(service.accept(keyed(KEY)));
    assertThat(service.accept(keyed(KEY))).isEqualTo(acceptedBefore(first));
    assertThat(deployment.messages.accepted()).hasSize(1);
  }

  @Test
  void the_same_request_is_answered_even_when_it_could_not_be_accepted_any_more() {
    MessageView first = accepted(service.accept(keyed(KEY)));
    assertThat(serviceWith(deployment.noProviders).accept(keyed(KEY)))
        .isEqualTo(acceptedBefore(first));
  }

  @Test
  void a_key_that_stood_for_another_request_sends_nothing() {
    var _ = service.accept(keyed(KEY));
    assertThat(service.accept(keyed(new Idempotency("deal-17", "f2"))))
        .isEqualTo(new Result.KeyUsedOtherwise("deal-17"));
    assertThat(deployment.messages.accepted()).hasSize(1);
  }

  @Test
  void another_key_sends_a_second_message() {
    var _ = service.accept(keyed(KEY));
    assertThat(service.accept(keyed(new Idempotency("deal-18", "f1"))))
        .isInstanceOf(Result.Accepted.class);
    assertThat(deployment.messages.accepted()).hasSize(2);
  }

  @Test
  void a_key_means_nothing_to_another_team() {
    Identity foreign = deployment.verified(deployment.stranger, "di@example.com");
    var _ = service.accept(keyed(KEY));
    assertThat(service.accept(command(deployment.stranger, foreign.id(), "Hi", Optional.of(KEY))))
        .isInstanceOf(Result.Accepted.class);
  }

  @Test
  void of_two_equal_requests_at_the_same_time_one_is_told_of_the_other() {
    var otherDone = new AtomicReference<Optional<Result>>(Optional.empty());
    var service =
        serviceWith(
            deployment.providers,
            () -> {
              otherDone.set(Optional.of(this.service.accept(keyed(KEY))));
              return deployment.now();
            });
    Result result = service.accept(keyed(KEY));
    assertThat(result).isEqualTo(acceptedBefore(accepted(otherDone.get().orElseThrow())));
    assertThat(deployment.messages.accepted()).hasSize(1);
  }

  private static Result acceptedBefore(MessageView message) {
    return new Result.AcceptedBefore(message, List.of());
  }

  private void assertRefused(Caller caller, IdentityId identity, Result result) {
    assertThat(service.accept(command(caller, identity))).isEqualTo(result);
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  private AcceptMessageService serviceWith(Providers providers) {
    return serviceWith(providers, deployment::now);
  }

  private AcceptMessageService serviceWith(Providers providers, InstantSource clock) {
    return deployment.accepting(providers, clock);
  }

  private static MessageView accepted(Result result) {
    return assertInstanceOf(Result.Accepted.class, result).message();
  }

  private Command keyed(Idempotency key) {
    return command(deployment.member, identity.id(), "Hi", Optional.of(key));
  }

  private Command command(String text) {
    return command(deployment.member, identity.id(), text, Optional.empty());
  }

  private static Command command(Caller caller, IdentityId identity) {
    return command(caller, identity, "Hi", Optional.empty());
  }

  private static Command command(
      Caller caller, IdentityId identity, String text, Optional<Idempotency> key) {
    return command(caller, identity, text, Suppressed.REFUSE, key);
  }

  private static Command command(
      Caller caller,
      IdentityId identity,
      String text,
      Suppressed suppressed,
      Optional<Idempotency> key) {
    return new Command(
        caller,
        identity,
        Deployment.to("Di <di@example.org>", "ed@example.net"),
        Content.plain("Hi", text),
        Map.of("deal", "17"),
        Urgency.PERSONAL,
        Schedule.AT_ONCE,
        suppressed,
        key);
  }

  private SuppressedAddress suppress(String address) {
    var suppression =
        new NewSuppression(
            deployment.member.team(),
            new SuppressionId(deployment.ids.next()),
            EmailAddress.parse(address),
            SuppressionReason.COMPLAINED,
            Optional.empty(),
            Optional.empty());
    return assertInstanceOf(Addition.Added.class, deployment.suppressions.add(suppression)).entry();
  }

  @Test
  void a_message_to_an_address_on_the_suppression_list_is_not_stored() {
    SuppressedAddress entry = suppress("ED@example.net");

    assertRefused(
        deployment.member,
        identity.id(),
        new Result.RecipientsSuppressed(Map.of(EmailAddress.parse("ed@example.net"), entry)));
  }

  @Test
  void the_others_get_it_where_the_application_wants_that() {
    var _ = suppress("ed@example.net");

    Result result =
        service.accept(
            command(deployment.member, identity.id(), "Hi", Suppressed.SKIP, Optional.empty()));

    assertThat(assertInstanceOf(Result.Accepted.class, result).skipped())
        .containsExactly(EmailAddress.parse("ed@example.net"));
    assertThat(accepted(result).deliveries())
        .extracting(delivery -> delivery.recipient().mailbox().address().toString())
        .containsExactly("di@example.org");
    assertThat(deployment.messages.accepted().getFirst().message().recipients()).hasSize(1);
  }

  @Test
  void a_message_that_nobody_is_left_for_is_refused_all_the_same() {
    var _ = suppress("ed@example.net");
    var _ = suppress("di@example.org");

    assertThat(
            service.accept(
                command(deployment.member, identity.id(), "Hi", Suppressed.SKIP, Optional.empty())))
        .isInstanceOf(Result.RecipientsSuppressed.class);
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void what_was_accepted_under_a_key_stays_so_when_the_address_is_suppressed_afterwards() {
    Idempotency key = new Idempotency("k", "f");
    MessageView first = accepted(service.accept(keyed(key)));
    var _ = suppress("ed@example.net");

    assertThat(service.accept(keyed(key))).isEqualTo(acceptedBefore(first));
  }

  @Test
  void a_repeated_request_is_told_who_was_skipped_whatever_the_list_says_by_now() {
    Idempotency key = new Idempotency("k", "f");
    SuppressedAddress entry = suppress("ED@example.net");
    Result first = service.accept(skipping(key));
    var _ =
        deployment.suppressions.remove(
            deployment.member.team(), entry.id(), deployment.member.member().id(), "asked");
    var _ = suppress("di@example.org");

    assertThat(service.accept(skipping(key)))
        .isEqualTo(
            new Result.AcceptedBefore(
                accepted(first), List.of(EmailAddress.parse("ed@example.net"))));
  }

  @Test
  void a_repeated_request_whose_recipient_was_erased_since_skips_nobody() {
    MessageView first = accepted(service.accept(keyed(KEY)));
    deployment.messages.erase(first.id());

    assertThat(assertInstanceOf(Result.AcceptedBefore.class, service.accept(keyed(KEY))).skipped())
        .isEmpty();
  }

  private Command skipping(Idempotency key) {
    return command(deployment.member, identity.id(), "Hi", Suppressed.SKIP, Optional.of(key));
  }
}
