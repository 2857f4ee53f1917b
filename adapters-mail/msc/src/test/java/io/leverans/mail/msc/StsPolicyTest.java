package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.mail.msc.StsPolicy.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StsPolicyTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void a_policy_is_read_with_either_end_of_line(String end) throws Exception {
    String text =
        String.join(
            end,
            "version: STSv1",
            "mode: enforce",
            "mx: mail.example.com",
            "mx:*.Example.net  ",
            "max_age: 604800",
            "");
    assertThat(StsPolicy.parse(text))
        .isEqualTo(
            new StsPolicy(
                Mode.ENFORCE, List.of("mail.example.com", "*.example.net"), Duration.ofDays(7)));
  }

  @Test
  void unknown_fields_are_passed_over_and_of_repeated_ones_the_first_counts() throws Exception {
    assertThat(
            StsPolicy.parse(
                """
                max_age: 60
                x-new.one: something ü else
                mode: testing
                mode: enforce
                version: STSv1
                version: STSv2
                max_age: 90
                mx: a.example\
                """))
        .isEqualTo(new StsPolicy(Mode.TESTING, List.of("a.example"), Duration.ofMinutes(1)));
  }

  @Test
  void a_policy_that_takes_itself_back_names_no_server() throws Exception {
    assertThat(StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 86400").mode())
        .isEqualTo(Mode.NONE);
  }

  @Test
  void no_policy_holds_for_more_than_a_year() throws Exception {
    assertThat(StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 9999999999").age())
        .hasSeconds(31_557_600);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode: enforce;mx: a.example;max_age: 1                                  | version
          version: STSv2;mode: enforce;mx: a.example;max_age: 1                   | version
          Version: STSv1;mode: enforce;mx: a.example;max_age: 1                   | version
          version: STSv1;mx: a.example;max_age: 1                                 | mode
          version: STSv1;mode: Enforce;mx: a.example;max_age: 1                   | mode
          version: STSv1;mode: enforce;mx: a.example                              | how long
          version: STSv1;mode: enforce;mx: a.example;max_age: -1                  | how long
          version: STSv1;mode: enforce;mx: a.example;max_age: 12345678901         | how long
          version: STSv1;mode: enforce;max_age: 1                                 | names no server
          version: STSv1;mode: testing;max_age: 1                                 | names no server
          version: STSv1;mode: enforce;mx: *;max_age: 1                           | cannot be one
          version: STSv1;mode: enforce;mx: a.*.example;max_age: 1                 | cannot be one
          version: STSv1;mode: enforce;mx: *.*.example;max_age: 1                 | cannot be one
          version: STSv1;mode: enforce;mx: m*.a.example;max_age: 1                | cannot be one
          version: STSv1;mode: enforce;mx: a.example b.example;max_age: 1         | cannot be one
          version: STSv1;mode: enforce;mx:;max_age: 1                             | a line
          version: STSv1;mode enforce;mx: a.example;max_age: 1                    | a line
          version : STSv1;mode: enforce;mx: a.example;max_age: 1                  | a line
          <html>;version: STSv1;mode: enforce;mx: a.example;max_age: 1            | a line
          """)
  void what_is_no_policy_says_why(String lines, String why) {
    assertThatThrownBy(() -> StsPolicy.parse(lines.replace(";", "\n")))
        .isInstanceOf(UnusablePolicyException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com, mail.example.com, true",
    "mail.example.com, MAIL.example.com, true",
    "mail.example.com, mail2.example.com, false",
    "*.example.com, mail.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, a.mail.example.com, false",
    "*.example.com, mail.example.com.evil.test, false",
    "example.com, mail.example.com, false",
  })
  void a_star_stands_for_one_label(String pattern, String host, boolean named) {
    assertThat(new StsPolicy(Mode.ENFORCE, List.of(pattern), Duration.ofDays(1)).names(host))
        .isEqualTo(named);
  }

  @Property
  void any_text_is_a_policy_or_says_why_not(@ForAll String text) {
    try {
      assertThat(StsPolicy.parse(text)).isNotNull();
    } catch (UnusablePolicyException unusable) {
      assertThat(unusable.why()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          v=STSv1; id=20160831085700Z;         | 20160831085700Z
          v=STSv1;id=a                         | a
          v=STSv1; x=1 ; id=a; id=b ;          | a
          v=STSv1; id=a-b                      | -
          v=STSv1; id=                         | -
          v=STSv1; id=123456789012345678901234567890123 | -
          v=STSv1; x=1                         | -
          v=STSv1; id=a; nonsense              | -
          v=STSv1;; id=a                       | -
          v=STSv1                              | -
          v=STSv2; id=a                        | -
          V=STSv1; id=a                        | -
          """)
  void an_announcement_names_the_policy_by_its_id(String text, String id) {
    assertThat(StsAnnouncement.idIn(List.of("google-site-verification=x", text)))
        .isEqualTo(Optional.ofNullable(id));
  }

  @Test
  void two_announcements_are_none() {
    assertThat(StsAnnouncement.idIn(List.of("v=STSv1; id=a", "v=STSv1; id=b"))).isEmpty();
    assertThat(StsAnnouncement.idIn(List.of())).isEmpty();
  }
}
