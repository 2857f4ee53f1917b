package io.leverans.mail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Suppression;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyClassifierTest {
  private final ReplyClassifier classifier = new ReplyClassifier();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550 | RCPT     | 5.1.1 <bo@example.org>: Recipient address rejected: User unknown in virtual mailbox table | MAILBOX_UNKNOWN
          550 | RCPT     | 5.1.1 no                                                      | MAILBOX_UNKNOWN
          550 | RCPT     | Requested action not taken: mailbox unavailable                | MAILBOX_UNKNOWN
          550 | RCPT     | no such user here                                              | MAILBOX_UNKNOWN
          550 | RCPT     | Unrouteable address                                            | MAILBOX_UNKNOWN
          550 | RCPT     | 5.4.1 Recipient address rejected: Access denied.               | MAILBOX_UNKNOWN
          550 | RCPT     | 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found     | MAILBOX_UNKNOWN
          550 | RCPT     | 5.2.1 gone                                                     | MAILBOX_INACTIVE
          550 | RCPT     | This account has been disabled                                 | MAILBOX_INACTIVE
          551 | RCPT     | User not local; please try <bo@example.net>                    | MAILBOX_MOVED
          552 | RCPT     | 5.2.2 Over quota                                               | MAILBOX_FULL
          452 | RCPT     | 4.2.2 The email account that you tried to reach is over quota  | MAILBOX_FULL
          550 | RCPT     | Mailbox is full                                                | MAILBOX_FULL
          556 | RCPT     | 5.1.10 Recipient address has null MX                           | DOMAIN_REFUSES_MAIL
          521 | GREETING | host does not accept mail                                      | DOMAIN_REFUSES_MAIL
          550 | RCPT     | 5.1.2 what                                                     | DOMAIN_UNKNOWN
          450 | RCPT     | 4.2.0 Greylisted, see the postmaster's page                    | RATE_LIMITED
          451 | RCPT     | 4.7.1 Greylisting in action, please come back later            | RATE_LIMITED
          450 | RCPT     | later                                                          | RATE_LIMITED
          421 | GREETING | 4.7.0 Too many connections from your host                      | RATE_LIMITED
          452 | RCPT     | 4.5.3 Too many recipients                                      | RATE_LIMITED
          421 | GREETING | Service not available                                          | REMOTE_SYSTEM_ERROR
          452 | CONTENT  | 4.3.1 Insufficient system storage                              | REMOTE_SYSTEM_ERROR
          451 | CONTENT  | 4.3.0 queue file write error                                   | REMOTE_SYSTEM_ERROR
          554 | GREETING | No SMTP service for you                                        | REPUTATION_BLOCK
          550 | RCPT     | 5.7.1 Service unavailable; Client host blocked using zen.example | REPUTATION_BLOCK
          554 | MAIL     | 5.7.1 Your address is on our blocklist                         | REPUTATION_BLOCK
          550 | RCPT     | 5.7.1 Refused for the poor reputation of your network          | REPUTATION_BLOCK
          550 | RCPT     | 5.7.1 Not here                                                 | POLICY
          554 | CONTENT  | 5.7.1 Message rejected under suspicion of SPAM                 | SPAM_REJECTED
          550 | CONTENT  | 5.7.1 likely unsolicited mail                                  | SPAM_REJECTED
          554 | CONTENT  | 5.7.1 Virus Eicar found                                        | VIRUS_REJECTED
          552 | CONTENT  | 5.7.0 We do not take this file type                            | CONTENT_REJECTED
          552 | MAIL     | 5.3.4 Message size exceeds fixed limit                         | MESSAGE_TOO_LARGE
          552 | CONTENT  | no                                                             | MESSAGE_TOO_LARGE
          550 | CONTENT  | 5.7.26 no                                                      | AUTH_FAILURE
          550 | MAIL     | 5.7.1 SPF says no                                              | AUTH_FAILURE
          450 | RCPT     | 4.7.25 Client host rejected: cannot find your reverse hostname | SENDER_DNS
          550 | MAIL     | 5.7.25 no                                                      | SENDER_DNS
          550 | MAIL     | 5.1.7 no                                                       | SENDER_REJECTED
          550 | RCPT     | Sender address rejected: user unknown                          | SENDER_REJECTED
          554 | RCPT     | 5.7.1 Relay access denied                                      | RELAY_DENIED
          553 | RCPT     | sorry, that domain isn't in my list of allowed rcpthosts       | RELAY_DENIED
          535 | AUTH     | 5.7.8 no                                                       | CREDENTIALS_REFUSED
          530 | MAIL     | 5.7.0 Authentication required                                  | CREDENTIALS_REFUSED
          530 | MAIL     | 5.7.0 Must issue a STARTTLS command first                      | TLS_FAILURE
          454 | TLS      | 4.7.0 not available                                            | TLS_FAILURE
          554 | CONTENT  | 5.4.6 Too many hops                                            | ROUTING_LOOP
          501 | MAIL     | 5.5.4 Syntax                                                   | PROTOCOL_ERROR
          502 | HELLO    | no                                                             | PROTOCOL_ERROR
          0   | CONNECT  | ''                                                             | NETWORK_FAILURE
          0   | RCPT     | ''                                                             | UNDETERMINED
          """)
  void a_reply_names_its_cause(int code, Phase phase, String text, Cause cause) {
    assertThat(classifier.causeOf(ServerReply.heard(code, Optional.empty(), text, phase)))
        .isEqualTo(cause);
  }

  @Test
  void a_bare_550_closes_no_address() {
    Cause cause =
        classifier.causeOf(ServerReply.heard(550, Optional.empty(), "Rejected", Phase.RCPT));

    assertThat(cause.suppression()).isEqualTo(Suppression.LEAVES_ALONE);
  }

  @Test
  void a_reply_of_several_lines_is_read_as_one_text() {
    String text = "550-5.1.1 The email account that you tried\r\n550 5.1.1 to reach does not exist";

    assertThat(classifier.causeOf(ServerReply.heard(550, Optional.empty(), text, Phase.RCPT)))
        .isEqualTo(Cause.MAILBOX_UNKNOWN);
  }

  @Property(tries = 200)
  void a_5_7_never_blames_the_recipient(
      @ForAll @IntRange(max = 999) int detail, @ForAll Wording wording, @ForAll Phase phase) {
    Cause cause =
        classifier.causeOf(
            ServerReply.heard(550, Optional.of("5.7." + detail), wording.text, phase));

    assertThat(cause.fault()).isNotEqualTo(Fault.RECIPIENT);
  }

  @Property(tries = 200)
  void what_is_refused_for_now_closes_no_address(
      @ForAll @IntRange(min = 400, max = 499) int code,
      @ForAll @IntRange(max = 7) int subject,
      @ForAll @IntRange(max = 20) int detail,
      @ForAll Wording wording,
      @ForAll Phase phase) {
    Optional<String> status = Optional.of("4." + subject + "." + detail);

    Cause cause = classifier.causeOf(ServerReply.heard(code, status, wording.text, phase));

    assertThat(new Failure(cause, wording.text, status, Optional.empty()).suppression())
        .isEqualTo(Suppression.LEAVES_ALONE);
  }

  @Property(tries = 200)
  void any_text_has_an_answer(
      @ForAll int code,
      @ForAll @StringLength(max = 3000) String text,
      @ForAll @StringLength(max = 9) String status,
      @ForAll Phase phase) {
    assertThat(classifier.causeOf(ServerReply.heard(code, Optional.of(status), text, phase)))
        .isNotNull();
    assertThat(NamedWait.in(text)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Greylisted, try again in 300 seconds            | PT5M
          Please try again in 5 minutes                   | PT5M
          greylisted, come back in 00:04:57               | PT4M57S
          Retry in 1 hour                                 | PT1H
          please wait 45s                                 | PT45S
          try again in 4 minutes and 32 seconds           | PT4M32S
          Try again after 10 min                          | PT10M
          Recipient not authorized. Resend in 60 seconds  | PT1M
          retry in 999999 hours                           | PT24H
          """)
  void a_wait_that_is_named_is_read(String text, Duration wait) {
    assertThat(NamedWait.in(text)).contains(wait);
  }

  @ParameterizedTest
  @CsvSource({"Try again later", "550 5.1.1 unknown", "message of 300 seconds ago", "again in 0 s"})
  void no_wait_is_read_where_none_is_named(String text) {
    assertThat(NamedWait.in(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 no, 5.1.1",
    "550-5.7.26 x, 5.7.26",
    "(#4.2.2), 4.2.2",
    "host 5.1.1.9 said no, ''",
    "3.1.1, ''",
    "10.5.1.1, ''"
  })
  void an_enhanced_status_is_found_and_an_address_is_not_taken_for_one(String text, String status) {
    assertThat(ServerReply.statusIn(text).orElse("")).isEqualTo(status);
  }

  enum Wording {
    UNKNOWN("user unknown"),
    FULL("mailbox full"),
    INACTIVE("account disabled"),
    DOMAIN("domain not found"),
    NOTHING("no");

    private final String text;

    Wording(String text) {
      this.text = text;
    }
  }
}
