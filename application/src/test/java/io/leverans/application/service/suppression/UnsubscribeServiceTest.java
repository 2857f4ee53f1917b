package io.leverans.application.service.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.Unsubscribe.Asked;
import io.leverans.application.port.in.Unsubscribe.Offer;
import io.leverans.application.port.in.Unsubscribe.Result;
import io.leverans.application.port.out.UnsubscribeCodes.Holders;
import io.leverans.application.port.out.UnsubscribeCodes.Named;
import io.leverans.application.port.out.memory.PlainUnsubscribeCodes;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.SentMail;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.HeaderField;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.TeamId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnsubscribeServiceTest {
  private static final TeamId TEAM = new TeamId(4711);
  private static final MessageId MESSAGE = new MessageId(new UUID(1, 2));
  private static final String LINK =
      "<https://mail.example.com/unsubscribe/4711." + MESSAGE.value() + ".%s>";

  private final Deployment deployment = new Deployment();
  private final PlainUnsubscribeCodes codes = new PlainUnsubscribeCodes();
  private final UnsubscribeService service =
      new UnsubscribeService(codes, deployment.messages, deployment.suppressions, deployment.ids);

  @Test
  void bulk_mail_to_one_recipient_says_that_one_press_unsubscribes() {
    assertThat(links().in(content(), Urgency.BULK, TEAM, MESSAGE, Deployment.to("a@b.example")))
        .extracting(Content::headers)
        .isEqualTo(
            List.of(
                new HeaderField("List-Unsubscribe", LINK.formatted("ONE")),
                new HeaderField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")));
  }

  @Test
  void bulk_mail_to_several_has_the_link_alone_since_it_cannot_tell_who_presses() {
    assertThat(
            links()
                .in(
                    content(),
                    Urgency.BULK,
                    TEAM,
                    MESSAGE,
                    Deployment.to("a@b.example", "c@b.example"))
                .headers())
        .containsExactly(new HeaderField("List-Unsubscribe", LINK.formatted("SEVERAL")));
  }

  @Test
  void a_link_that_is_not_encrypted_promises_no_press() {
    var plain = new UnsubscribeLinks(codes, URI.create("http://127.0.0.1:8025"));

    assertThat(
            plain
                .in(content(), Urgency.BULK, TEAM, MESSAGE, Deployment.to("a@b.example"))
                .headers())
        .extracting(HeaderField::name)
        .containsExactly("List-Unsubscribe");
  }

  @Test
  void a_persons_mail_and_an_answer_have_none() {
    Content answer =
        new Content(
            "Hi",
            Optional.of("Hello"),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(new InternetMessageId("<1@example.com>")));

    assertThat(links().in(content(), Urgency.PERSONAL, TEAM, MESSAGE, Deployment.to("a@b.example")))
        .isEqualTo(content());
    assertThat(links().in(answer, Urgency.BULK, TEAM, MESSAGE, Deployment.to("a@b.example")))
        .isEqualTo(answer);
  }

  @Test
  void an_applications_own_header_stays_as_it_is() {
    Content own =
        content().with(List.of(new HeaderField("list-unsubscribe", "<mailto:u@example.com>")));

    assertThat(links().in(own, Urgency.BULK, TEAM, MESSAGE, Deployment.to("a@b.example")))
        .isEqualTo(own);
  }

  @Test
  void the_only_recipient_need_not_say_who_they_are() {
    MessageView message = new SentMail(deployment).accept("di@example.org");

    assertThat(service.lookUp(code(message))).contains(new Offer(message.from(), Asked.NOTHING));
    assertThat(suppressed(message, "di@example.org")).as("looking changes nothing").isEmpty();
    assertThat(service.unsubscribe(code(message), Optional.empty()))
        .isEqualTo(new Result.Unsubscribed(message.from()));

    assertThat(suppressed(message, "di@example.org").map(SuppressedAddress::reason))
        .contains(SuppressionReason.UNSUBSCRIBED);
    assertThat(service.unsubscribe(code(message), Optional.empty()))
        .as("once more does no harm")
        .isInstanceOf(Result.Unsubscribed.class);
  }

  @Test
  void one_of_several_says_who_they_are_and_unsubscribes_nobody_else() {
    MessageView message = new SentMail(deployment).accept("di@example.org", "ed@example.net");
    String code = code(message);

    assertThat(service.unsubscribe(code, Optional.empty()))
        .isEqualTo(new Result.AddressMissing(new Offer(message.from(), Asked.ADDRESS)));
    assertThat(unsubscribe(message, "ED@example.net"))
        .isEqualTo(
            new Result.UnsubscribedIfRecipient(
                message.from(), EmailAddress.parse("ED@example.net")));

    assertThat(suppressed(message, "ed@example.net")).isPresent();
    assertThat(suppressed(message, "di@example.org")).isEmpty();
  }

  @Test
  void who_has_the_link_does_not_learn_whether_somebody_else_got_the_mail() {
    MessageView message = new SentMail(deployment).accept("di@example.org", "ed@example.net");

    assertThat(unsubscribe(message, "boss@example.org"))
        .isInstanceOf(unsubscribe(message, "di@example.org").getClass());
    assertThat(suppressed(message, "boss@example.org")).isEmpty();
  }

  @Test
  void the_link_of_several_names_nobody_also_when_one_alone_is_left() {
    MessageView message = new SentMail(deployment).accept("di@example.org");
    String ofSeveral = codes.codeOf(new Named(message.team(), message.id(), Holders.SEVERAL));

    assertThat(service.lookUp(ofSeveral)).contains(new Offer(message.from(), Asked.ADDRESS));
    assertThat(service.unsubscribe(ofSeveral, Optional.empty()))
        .isInstanceOf(Result.AddressMissing.class);
    assertThat(suppressed(message, "di@example.org")).isEmpty();
  }

  @Test
  void a_code_of_nobody_changes_nothing() {
    assertThat(service.lookUp("nonsense")).isEmpty();
    assertThat(service.unsubscribe("1." + MESSAGE.value() + ".ONE", Optional.empty()))
        .isEqualTo(new Result.UnknownCode());
  }

  private Result unsubscribe(MessageView message, String address) {
    return service.unsubscribe(code(message), Optional.of(EmailAddress.parse(address)));
  }

  private String code(MessageView message) {
    return codes.codeOf(
        new Named(
            message.team(),
            message.id(),
            message.deliveries().size() == 1 ? Holders.ONE : Holders.SEVERAL));
  }

  private Optional<SuppressedAddress> suppressed(MessageView message, String address) {
    EmailAddress asked = EmailAddress.parse(address);
    return Optional.ofNullable(
        deployment.suppressions.among(message.team(), List.of(asked)).get(asked));
  }

  private static Content content() {
    return Content.plain("Hi", "Hello");
  }

  private UnsubscribeLinks links() {
    return deployment.unsubscribeLinks;
  }
}
