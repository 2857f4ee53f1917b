package io.leverans.domain.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leverans.domain.identity.EmailAddress.LocalPartCharset;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          anna@example.com,             anna,          example.com
          a@b.se,                       a,             b.se
          Anna.Berg+news@Example.COM,   Anna.Berg+news, example.com
          o'neil_{x}=1/2?@example.com,  o'neil_{x}=1/2?, example.com
          1@1.example,                  1,             1.example
          anna@mail.3com.example,       anna,          mail.3com.example
          anna@xn--mnchen-3ya.de,       anna,          xn--mnchen-3ya.de
          anna@MÜNCHEN.de,              anna,          münchen.de
          用户@例え.テスト,               用户,           例え.テスト
          अजय@डाटा.भारत,                  अजय,            डाटा.भारत
          """)
  void reads_what_people_write_to(String text, String localPart, String domain) {
    assertThat(EmailAddress.parse(text)).isEqualTo(new EmailAddress(localPart, domain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "anna",
        "anna@",
        "@example.com",
        "anna@example",
        "anna@localhost",
        ".anna@example.com",
        "anna.@example.com",
        "anna..berg@example.com",
        "anna berg@example.com",
        " anna@example.com",
        "anna@example.com ",
        "anna@ex ample.com",
        "anna@.example.com",
        "anna@example.com.",
        "anna@example..com",
        "anna@-example.com",
        "anna@example-.com",
        "anna@exam_ple.com",
        "anna@@example.com",
        "anna@berg@example.com",
        "<anna@example.com>",
        "\"anna berg\"@example.com",
        "anna(work)@example.com",
        "anna@[192.0.2.1]",
        "anna@192.0.2.1",
        "anna@example.123",
        "anna@example.com,bo@example.com",
        "anna@example.com\r\nRCPT TO:<bo@example.com>",
        "anna\n@example.com",
        "anna\0@example.com",
        "anna\u007f@example.com",
        "anna\u0085@example.com",
        "anna\u200b@example.com",
        "anna\u202e@example.com",
        "anna\ud83d@example.com",
        "anna@example\u2028.com",
        "anna@exa\u3002mple.com",
        "anna@⒈example.com",
      })
  void refuses_what_is_no_address_or_could_smuggle(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmailAddress.parse(text))
        .satisfies(e -> assertThat(e).hasMessageContaining("@"));
  }

  @Test
  void takes_the_longest_parts_that_the_rules_allow() {
    String label = "a".repeat(63);
    String domain = label + "." + label + "." + label + "." + "a".repeat(61);
    assertThat(EmailAddress.parse("x".repeat(64) + "@" + domain).domain()).hasSize(253);
  }

  @Test
  void refuses_parts_that_are_longer() {
    String label = "a".repeat(63);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmailAddress.parse("x".repeat(65) + "@example.com"))
        .withMessageContaining("64 octets");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmailAddress.parse("x@" + label + "a.example"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmailAddress.parse("x@" + (label + ".").repeat(3) + "a".repeat(62)));
  }

  @Test
  void counts_the_local_part_in_octets_not_in_letters() {
    assertThat(EmailAddress.parse("ö".repeat(32) + "@example.com").localPart()).hasSize(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmailAddress.parse("ö".repeat(33) + "@example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.", "a-", "-", ".", "é", "a@", "@", "\"", "(", "<", " ", "\0", "1.", "a.-"})
  void answers_at_once_however_long_the_input(String part) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (String text : new String[] {"%s", "%s@example.com", "a@%s", "a@%s!", "%s!@%s!"}) {
            String input = text.replace("%s", part.repeat(300_000 / part.length()));
            assertThatThrownBy(() -> EmailAddress.parse(input))
                .isInstanceOf(IllegalArgumentException.class);
          }
        });
  }

  @Test
  void says_which_local_parts_need_an_extension_of_the_next_hop() {
    assertThat(EmailAddress.parse("anna@münchen.de").localPartCharset())
        .isEqualTo(LocalPartCharset.ASCII);
    assertThat(EmailAddress.parse("jürgen@example.com").localPartCharset())
        .isEqualTo(LocalPartCharset.UTF_8);
  }

  @Test
  void is_the_same_mailbox_whatever_the_case() {
    var anna = EmailAddress.parse("anna@example.com");
    assertThat(anna.sameMailbox(EmailAddress.parse("ANNA@EXAMPLE.COM"))).isTrue();
    assertThat(anna).isNotEqualTo(EmailAddress.parse("ANNA@example.com"));
    assertThat(anna.sameMailbox(EmailAddress.parse("anna@example.org"))).isFalse();
  }

  @Property
  void is_read_back_from_its_text(@ForAll("addresses") EmailAddress address) {
    assertThat(EmailAddress.parse(address.toString())).isEqualTo(address);
  }

  @Property
  void what_is_taken_holds_nothing_that_could_break_out_of_a_line_or_a_bracket(
      @ForAll String localPart, @ForAll("domains") String domain) {
    read(localPart + "@" + domain).ifPresent(EmailAddressTest::isHarmless);
  }

  @Property
  void no_domain_that_is_taken_could_break_out_either(@ForAll String domain) {
    read("a@" + domain + ".example").ifPresent(EmailAddressTest::isHarmless);
  }

  private static void isHarmless(EmailAddress address) {
    assertThat(address.toString())
        .doesNotContainPattern("[\\p{C}\\p{Z}<>()\\[\\]\\\\,;:\"]")
        .containsOnlyOnce("@");
    assertThat(address.localPart().getBytes(UTF_8)).hasSizeBetween(1, 64);
  }

  private static Optional<EmailAddress> read(String text) {
    try {
      return Optional.of(EmailAddress.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Provide
  static Arbitrary<EmailAddress> addresses() {
    Arbitrary<String> atom =
        Arbitraries.strings()
            .withChars("abcXYZ019!#$%&'*+/=?^_`{|}~-åéß用अ")
            .ofMinLength(1)
            .ofMaxLength(5);
    Arbitrary<String> localPart =
        atom.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join(".", parts));
    return Combinators.combine(localPart, domains()).as(EmailAddress::new);
  }

  @Provide
  static Arbitrary<String> domains() {
    Arbitrary<String> label =
        Arbitraries.strings().withChars("abXY09é例").ofMinLength(1).ofMaxLength(20);
    return label
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(labels -> String.join(".", labels) + ".example");
  }
}
