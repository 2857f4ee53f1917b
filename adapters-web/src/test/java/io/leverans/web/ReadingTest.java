package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.in.ReadEvents;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.Page;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Remedy;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private static final String MESSAGE = "/v1/messages/00000000-0000-0000-0000-000000000004";

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(String schema, Answer answer, String pointer) {
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes(schema, answer.json().at(pointer));
  }

  private static ListMessages.Query query(
      Optional<Folder> folder, int limit, Optional<MessageId> before) {
    return new ListMessages.Query(Samples.CALLER, folder, Optional.empty(), limit, before);
  }

  @Test
  void a_message_tells_all_that_became_of_it() {
    var view =
        Samples.message(
            Samples.accepted("bert@recipient.example"), Samples.bounced("cia@recipient.example"));
    api.readMessage = (_, id) -> Optional.of(view).filter(message -> message.id().equals(id));
    var answer = api.get(MESSAGE);
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed("Message", answer, "");
    assertThat(answer.at("/summary")).isEqualTo("1 of 2 accepted");
    assertThat(answer.at("/folder")).isEqualTo("bounced");
    assertThat(answer.at("/section")).isEqualTo("undelivered");
    assertThat(answer.at("/metadata/deal")).isEqualTo("17");
    assertThat(answer.at("/acceptedAt")).isEqualTo("2026-11-24T12:00:00Z");
    assertThat(answer.at("/recipients/0/state")).isEqualTo("accepted");
    assertThat(answer.at("/recipients/0/evidence")).isEqualTo("recipients-server");
    assertThat(answer.at("/recipients/0/evidenceInWords")).contains("own mail server");
    assertThat(answer.at("/recipients/0/attempts/0/reply")).isEqualTo("250 2.0.0 queued as 4711");
    assertThat(answer.at("/recipients/0/attempts/0/nextHop/security/certificateProblem"))
        .isEqualTo("self-signed");
    assertThat(answer.at("/recipients/0/attempts/0/nextHop/security/verified")).isEqualTo("false");
    assertThat(answer.at("/recipients/0/attempts/0/transcript/1")).isEqualTo("< 250 ok");
    assertThat(answer.at("/recipients/1/failure/cause")).isEqualTo("mailbox-unknown");
    assertThat(answer.at("/recipients/1/failure/fault")).isEqualTo("recipient");
    assertThat(answer.at("/recipients/1/failure/words")).isEqualTo("550 5.1.1 no such user");
    assertThat(answer.at("/recipients/1/failure/remedy")).startsWith("There is no such mailbox.");
    assertThat(answer.at("/recipients/1/failure/terminal")).isEqualTo("true");
    assertThat(answer.at("/recipients/1/failure/suppresses")).isEqualTo("true");
    assertThat(answer.at("/recipients/1/laterWords/0/kind")).isEqualTo("delivery.bounced");
    assertThat(answer.at("/recipients/1/laterWords/0/subject")).isEqualTo("Undelivered");
    assertThat(answer.at("/recipients/1/laterWords/0/failure/terminal")).isEqualTo("true");
    assertThat(answer.text()).doesNotContain("null");
  }

  @Test
  void a_challenge_is_shown_with_what_the_machine_said_and_what_to_do() {
    var delivery = Samples.accepted(EventKind.DELIVERY_CHALLENGED, Optional.empty());
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    var answer = api.get(MESSAGE);
    assertDescribed("Message", answer, "");
    assertThat(answer.at("/folder")).isEqualTo("sent");
    assertThat(answer.at("/recipients/0/state")).isEqualTo("accepted");
    assertThat(answer.json().at("/recipients/0").has("failure")).isFalse();
    assertThat(answer.at("/recipients/0/laterWords/0/kind")).isEqualTo("delivery.challenged");
    assertThat(answer.at("/recipients/0/laterWords/0/subject")).isEqualTo("Away until Monday");
    assertThat(answer.at("/recipients/0/laterWords/0/remedy")).isEqualTo(Remedy.OF_A_CHALLENGE);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          DELIVERY_AUTO_REPLIED, A machine answered in the recipient's place.
          DELIVERY_CONFIRMED,    It reached the mailbox.
          DELIVERY_RELAYED,      It was passed on to where no reports come from.
          """)
  void a_later_word_that_asks_for_nothing_is_told_in_words_without_a_remedy(
      EventKind kind, String words) {
    var delivery = Samples.accepted(kind, Optional.empty());
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    var answer = api.get(MESSAGE);
    assertThat(answer.at("/recipients/0/laterWords/0/kindInWords")).isEqualTo(words);
    assertThat(answer.json().at("/recipients/0/laterWords/0").has("remedy")).isFalse();
    assertThat(answer.json().at("/recipients/0/laterWords/0").has("failure")).isFalse();
  }

  @Test
  void a_delay_is_no_end() {
    var delivery =
        Samples.accepted(EventKind.DELIVERY_DELAYED, Optional.of(Samples.UNKNOWN_MAILBOX));
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    assertThat(api.get(MESSAGE).at("/recipients/0/laterWords/0/failure/terminal"))
        .isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          FAILED,   REJECTED,    true,  true
          FAILED,   GAVE_UP,     true,  true
          QUEUED,   DEFERRED,    false, false
          IN_DOUBT, ANSWER_LOST, false, false
          FAILED,   ANSWER_LOST, true,  false
          """)
  void whether_an_attempt_ended_it_and_whether_it_has_ended_are_told_apart(
      DeliveryState state, DeliveryFact last, String ended, String attemptEndedIt) {
    var delivery = Samples.ended(state, last, Optional.empty());
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    var answer = api.get(MESSAGE);
    assertThat(answer.at("/recipients/0/failure/terminal")).isEqualTo(ended);
    assertThat(answer.at("/recipients/0/attempts/0/failure/terminal")).isEqualTo(attemptEndedIt);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          FAILED, REJECTED,    , refused for good
          FAILED, GAVE_UP,     , given up
          FAILED, ANSWER_LOST, , A person said
          FAILED, LEASE_LOST,  , A person said
          ACCEPTED, ANSWER_LOST, ASSUMED, only assumed to be sent
          ACCEPTED, ANSWER_LOST, PERSON, A person looked
          ACCEPTED, ACCEPTED,    RELAY,  A server took responsibility
          """)
  void the_words_for_a_state_tell_how_it_came_about(
      DeliveryState state, DeliveryFact last, Evidence evidence, String words) {
    var delivery = Samples.ended(state, last, Optional.ofNullable(evidence));
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    assertThat(api.get(MESSAGE).at("/recipients/0/stateInWords")).contains(words);
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveryState.class,
      names = {"FAILED", "BOUNCED", "IN_DOUBT", "COMPLAINED"})
  void no_remedy_promises_an_attempt_that_will_not_come(DeliveryState state) {
    var delivery = Samples.ended(state, DeliveryFact.ANSWER_LOST, Optional.empty());
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    assertThat(api.get(MESSAGE).at("/recipients/0/failure/remedy"))
        .isEqualTo(Remedy.of(state, Cause.NETWORK_FAILURE))
        .doesNotContain("again later by itself");
  }

  @Test
  void mail_that_waits_for_its_channel_says_so_and_why() {
    var delivery = Samples.ended(DeliveryState.WAITING, DeliveryFact.NOT_TRIED, Optional.empty());
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    var answer = api.get(MESSAGE);
    assertThat(answer.at("/folder")).isEqualTo("waiting");
    assertThat(answer.at("/recipients/0/state")).isEqualTo("waiting");
    assertThat(answer.at("/recipients/0/stateInWords")).contains("channel needs attention");
    assertThat(answer.at("/recipients/0/failure/words")).isEqualTo("the connection broke");
  }

  @Test
  void what_was_called_spam_had_arrived() {
    var delivery = Samples.ended(DeliveryState.COMPLAINED, DeliveryFact.ACCEPTED, Optional.empty());
    api.readMessage = (_, _) -> Optional.of(Samples.message(delivery));
    assertThat(api.get(MESSAGE).at("/summary")).isEqualTo("1 of 1 accepted");
  }

  @Test
  void mail_of_the_system_lies_in_no_folder() {
    var view = Samples.message(Purpose.SYSTEM, Samples.accepted("bert@recipient.example"));
    api.readMessage = (_, _) -> Optional.of(view);
    assertThat(api.get(MESSAGE).json().has("folder")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-0000-0000-00000000000f", "17", "1-1-1-1-1", "%20"})
  void an_unknown_message_is_told_so(String id) {
    var answer = api.get("/v1/messages/" + id);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("unknown-message");
  }

  @Test
  void the_bytes_come_as_they_were_sent() {
    byte[] bytes = {'A', ':', ' ', 'b', '\r', '\n', '\r', '\n', (byte) 0xff, 0, '\n'};
    var asked = new ArrayList<Optional<EmailAddress>>();
    api.readSentBytes =
        (_, _, recipient) -> {
          asked.add(recipient);
          return new ReadSentBytes.Result.Found(Octets.of(bytes));
        };
    var answer = api.get(MESSAGE + "/raw?recipient=bert%40recipient.example");
    assertThat(answer.header("Content-Type")).contains("message/rfc822");
    assertThat(answer.response().body()).isEqualTo(bytes);
    assertThat(asked).containsExactly(Optional.of(Samples.BERT));
  }

  @Test
  void bytes_for_someone_else_are_not_there() {
    api.readSentBytes = (_, _, _) -> new ReadSentBytes.Result.UnknownRecipient(Samples.BERT);
    var answer = api.get(MESSAGE + "/raw?recipient=bert%40recipient.example");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("unknown-recipient");
    assertThat(answer.at("/parameter")).isEqualTo("recipient");
  }

  @Test
  void bytes_that_were_purged_are_gone_and_what_is_kept_is_pointed_to() {
    api.readSentBytes = (_, _, _) -> new ReadSentBytes.Result.Purged(Samples.NOON);
    var answer = api.get(MESSAGE + "/raw");
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.problem()).isEqualTo("content-purged");
    assertThat(answer.at("/detail")).contains(Samples.NOON.toString(), "GET " + MESSAGE);
    assertThat(answer.at("/purgedAt")).isEqualTo(Samples.NOON.toString());
  }

  @Test
  void a_message_says_since_when_it_has_no_content() {
    var message = Samples.message(Samples.accepted("b@c.example"));
    api.readMessage = (_, _) -> Optional.of(Samples.purged(message));
    var answer = api.get(MESSAGE);
    assertDescribed("Message", answer, "");
    assertThat(answer.at("/contentPurgedAt")).isEqualTo(Samples.NOON.toString());
    assertThat(answer.at("/recipients/0/address")).isEqualTo("b@c.example");
  }

  @Test
  void a_folder_is_listed_part_by_part() {
    var asked = new ArrayList<ListMessages.Query>();
    var line =
        new MessageSummary(
            Samples.MESSAGE_ID,
            Purpose.CORRESPONDENCE,
            Optional.of(Samples.IDENTITY_ID),
            Samples.ANNA,
            List.of(Mailbox.of(Samples.BERT), Mailbox.parse("Cia <cia@recipient.example>")),
            "Hello",
            Folder.IN_DOUBT,
            1,
            Samples.NOON,
            Optional.empty(),
            Optional.empty());
    api.listMessages =
        query -> {
          asked.add(query);
          return new Page<>(
              List.of(line), query.before().isEmpty() ? Optional.of(line.id()) : Optional.empty());
        };
    var first = api.get("/v1/messages?folder=in-doubt&limit=1");
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.at("/items/0/summary")).isEqualTo("1 of 2 accepted");
    assertDescribed("MessageSummary", first, "/items/0");
    var second = api.get("/v1/messages?folder=in-doubt&limit=1&cursor=" + first.at("/nextCursor"));
    assertThat(second.json().has("nextCursor")).isFalse();
    assertThat(asked)
        .containsExactly(
            query(Optional.of(Folder.IN_DOUBT), 1, Optional.empty()),
            query(Optional.of(Folder.IN_DOUBT), 1, Optional.of(Samples.MESSAGE_ID)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/messages?limit=0,              invalid-parameter, limit
          /v1/messages?limit=101,            invalid-parameter, limit
          /v1/messages?limit=-1,             invalid-parameter, limit
          /v1/messages?limit=,               invalid-parameter, limit
          /v1/messages?limit=1&limit=2,      invalid-parameter, limit
          /v1/messages?folder=outbox,        invalid-parameter, folder
          /v1/messages?identityId=17,        invalid-parameter, identityId
          /v1/messages?cursor=xyz,           invalid-cursor,    cursor
          /v1/messages?cursor=,              invalid-cursor,    cursor
          /v1/messages?cursor=cjE6MTc,       invalid-cursor,    cursor
          /v1/reports?cursor=!,              invalid-cursor,    cursor
          /v1/reports?limit=1e2,             invalid-parameter, limit
          /v1/events?after=x,                invalid-parameter, after
          /v1/events?after=-1,               invalid-parameter, after
          /v1/events?after=9999999999999999999, invalid-parameter, after
          /v1/events?limit=1001,             invalid-parameter, limit
          /v1/identities?limit=x,            invalid-parameter, limit
          /v1/channels?x=y,                  invalid-parameter, x
          """)
  void a_wrong_parameter_is_named(String path, String type, String parameter) {
    var answer = api.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.at("/parameter")).isEqualTo(parameter);
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    api.listReports = _ -> new Page<>(List.of(), Optional.of(Samples.REPORT_ID));
    var cursor = api.get("/v1/reports").at("/nextCursor");
    assertThat(api.get("/v1/reports?cursor=" + cursor).status()).isEqualTo(200);
    assertThat(api.get("/v1/messages?cursor=" + cursor).problem()).isEqualTo("invalid-cursor");
  }

  @Test
  void events_are_read_from_a_number_on() {
    api.readEvents =
        (_, after, limit) ->
            new ReadEvents.Result.Read(
                after == 41 && limit == 2
                    ? List.of(
                        new Event(
                            42,
                            Samples.NOON,
                            EventKind.DELIVERY_IN_DOUBT,
                            Map.of(
                                "messageId", Samples.MESSAGE_ID.value().toString(),
                                "state", "IN_DOUBT",
                                "evidence", "RECIPIENTS_SERVER",
                                "cause", "MAILBOX_UNKNOWN",
                                "words", "NOT_OURS",
                                "fact", "RETRY_ORDERED",
                                "reason", "ONLY_CHANNEL",
                                "purpose", "CORRESPONDENCE")))
                    : List.of());
    var answer = api.get("/v1/events?after=41&limit=2");
    assertThat(answer.at("/items/0/kind")).isEqualTo("delivery.in-doubt");
    assertThat(answer.at("/last")).isEqualTo("42");
    assertDescribed("Event", answer, "/items/0");
    assertThat(answer.at("/items/0/data/state")).isEqualTo("in-doubt");
    assertThat(answer.at("/items/0/data/fact")).isEqualTo("retry-ordered");
    assertThat(answer.at("/items/0/data/reason")).isEqualTo("only-channel");
    assertThat(answer.at("/items/0/data/words")).isEqualTo("NOT_OURS");
    assertThat(api.get("/v1/events?after=42").at("/last")).isEqualTo("42");
  }

  @Test
  void events_of_all_members_are_for_admins() {
    api.readEvents = (_, _, _) -> new ReadEvents.Result.AdminsOnly();

    var answer = api.get("/v1/events");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.problem()).isEqualTo("admins-only");
  }
}
