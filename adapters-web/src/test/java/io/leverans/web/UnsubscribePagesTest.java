package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.Unsubscribe;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody signs in to unsubscribe. */
class UnsubscribePagesTest {
  private static final Mailbox SENDER = Mailbox.parse("Anna & Co <anna@shop.example>");
  private static final String PATH = "/unsubscribe/the-code";

  private final TestApi api = new TestApi();
  private final People people = new People();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void looking_at_the_link_asks_and_changes_nothing() {
    api.unsubscribe = people;

    var page = get(PATH);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("anna@shop.example", "<form method=\"post\">", "Unsubscribe");
    assertThat(page.text()).doesNotContain("<input");
    assertThat(people.gone).isEmpty();
  }

  @Test
  void a_mail_programs_press_unsubscribes_without_asking() {
    api.unsubscribe = people;

    var answer = post(PATH, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("You are unsubscribed");
    assertThat(people.gone).containsExactly("the only one");
  }

  @Test
  void it_may_press_with_a_form_of_parts_too() {
    api.unsubscribe = people;

    var answer =
        post(
            PATH,
            "multipart/form-data; boundary=x",
            """
            --x\r
            Content-Disposition: form-data; name="List-Unsubscribe"\r
            \r
            One-Click\r
            --x--\r
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(people.gone).containsExactly("the only one");
  }

  @Test
  void one_of_several_is_asked_for_their_address() {
    people.asked = Unsubscribe.Asked.ADDRESS;
    api.unsubscribe = people;
    String form = "application/x-www-form-urlencoded";

    assertThat(get(PATH).text()).contains("<input", "name=\"address\"");
    assertThat(post(PATH, form, "List-Unsubscribe=One-Click").status()).isEqualTo(422);
    assertThat(post(PATH, form, "address=nonsense").text()).contains("role=\"alert\"");
    assertThat(post(PATH, form, "address=+bert%40recipient.example").status()).isEqualTo(200);
    assertThat(people.gone).containsExactly("bert@recipient.example");
  }

  @Test
  void the_page_answers_a_recipient_of_several_like_anybody_else() {
    people.asked = Unsubscribe.Asked.ADDRESS;
    api.unsubscribe = people;
    String form = "application/x-www-form-urlencoded";

    var bert = post(PATH, form, "address=bert%40recipient.example");
    var stranger = post(PATH, form, "address=boss%40example.org");

    assertThat(stranger.status()).isEqualTo(bert.status());
    assertThat(stranger.text())
        .isEqualTo(bert.text().replace("bert@recipient.example", "boss@example.org"))
        .contains("If the mail came to <strong>boss@example.org</strong>");
  }

  @Test
  void a_link_that_is_not_whole_says_so() {
    var page = get(PATH);

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("This link does not work");
    assertThat(post(PATH, "text/plain", "").status()).isEqualTo(404);
  }

  private Answer get(String path) {
    return api.send(HttpRequest.newBuilder(api.uri(path)));
  }

  private Answer post(String path, String type, String body) {
    return api.send(
        HttpRequest.newBuilder(api.uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  /** One recipient, or Bert among several. */
  private static final class People implements Unsubscribe {
    private final List<String> gone = new ArrayList<>();
    private Asked asked = Asked.NOTHING;

    @Override
    public Optional<Offer> lookUp(String code) {
      assertThat(code).isEqualTo("the-code");
      return Optional.of(new Offer(SENDER, asked));
    }

    @Override
    public Result unsubscribe(String code, Optional<EmailAddress> address) {
      if (asked == Asked.NOTHING) {
        gone.add("the only one");
        return new Result.Unsubscribed(SENDER);
      }
      address.filter(Samples.BERT::sameMailbox).map(EmailAddress::toString).ifPresent(gone::add);
      return address
          .<Result>map(named -> new Result.UnsubscribedIfRecipient(SENDER, named))
          .orElseGet(() -> new Result.AddressMissing(new Offer(SENDER, asked)));
    }
  }
}
