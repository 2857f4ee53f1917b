package io.leverans.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mails as programs and people write them: a file for each in the folder {@code shapes}. It begins
 * with the answers, a line for each recipient: {@code X-Expected: bounce | address | action |
 * status | cause}, {@code complaint | address}, or the kind alone.
 */
class KnownShapesTest {
  private static final String EXPECTED = "X-Expected: ";
  private static final int LEAST_SHAPES = 80;

  private final ReportReader reader = new ReportReader();

  @ParameterizedTest
  @MethodSource("shapes")
  void a_known_shape_is_read(String name) {
    Shape shape = shape(name);

    assertThat(answers(reader.read(shape.octets()))).isEqualTo(shape.expected());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_ends_of_lines_make_no_difference(String name) {
    Shape shape = shape(name);
    String mail = shape.mail().replace("\n", "\r\n");

    assertThat(answers(reader.read(mail.getBytes(StandardCharsets.ISO_8859_1))))
        .isEqualTo(shape.expected());
  }

  /** So that it is found among letters without reading these. */
  @ParameterizedTest
  @MethodSource("reports")
  void a_report_shows_in_its_header(String name) {
    assertThat(ReportSigns.of(shape(name).mail())).isEqualTo(ReportSigns.Promise.MAYBE_A_REPORT);
  }

  /** A provider's notices to programs have no header. */
  static Stream<String> reports() {
    return shapes()
        .filter(name -> !shape(name).mail().startsWith("{"))
        .filter(
            name ->
                shape(name).expected().stream()
                    .anyMatch(
                        answer ->
                            answer.startsWith("bounce")
                                || answer.startsWith("delivered")
                                || answer.startsWith("complaint")));
  }

  @Test
  void many_shapes_are_known() {
    assertThat(shapes().count()).isGreaterThan(LEAST_SHAPES);
  }

  @ParameterizedTest
  @MethodSource("thoseOfAMail")
  void the_message_id_of_the_mail_that_a_shape_is_about_is_found(String name) {
    assertThat(reader.read(shape(name).octets()).originalMessageId())
        .contains("<one@sender.example>");
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /**
   * A file.
   *
   * @param mail an octet to a character
   */
  private record Shape(List<String> expected, String mail) {
    byte[] octets() {
      return mail.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  static Stream<String> shapes() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<String> thoseOfAMail() {
    return shapes().filter(name -> shape(name).mail().contains("<one@sender.example>"));
  }

  private static Shape shape(String name) {
    try {
      String text = Files.readString(folder().resolve(name), StandardCharsets.ISO_8859_1);
      List<String> expected = new ArrayList<>();
      String rest = text;
      while (rest.startsWith(EXPECTED)) {
        int end = rest.indexOf('\n');
        expected.add(utf8(rest.substring(EXPECTED.length(), end)));
        rest = rest.substring(end + 1);
      }
      return new Shape(expected, rest);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(KnownShapesTest.class.getResource("shapes")).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static List<String> answers(ReadReport report) {
    List<String> answers =
        switch (report.kind()) {
          case DELIVERY_STATUS ->
              report.statements().stream().map(KnownShapesTest::answer).toList();
          case COMPLAINT ->
              report.statements().stream()
                  .map(statement -> "complaint | " + recipient(statement))
                  .toList();
          case AUTO_REPLY, CHALLENGE, OTHER -> List.of();
        };
    return answers.isEmpty() ? List.of(kind(report)) : answers;
  }

  private static String answer(Statement statement) {
    String kind =
        switch (statement.action()) {
          case FAILED, DELAYED -> "bounce";
          case DELIVERED, RELAYED, EXPANDED -> "delivered";
        };
    return String.join(
        " | ",
        kind,
        recipient(statement),
        statement.action().name(),
        statement.failure().status().orElse("-"),
        statement.failure().cause().name());
  }

  private static String recipient(Statement statement) {
    return statement.recipients().isEmpty() ? "-" : statement.recipients().getFirst();
  }

  private static String kind(ReadReport report) {
    return report.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
