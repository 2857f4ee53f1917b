package io.leverans.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BounceParseCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private CommandLine command;

  @BeforeEach
  void makeCommand() {
    command =
        new CommandLine(new BounceParseCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
  }

  @Test
  void a_program_gets_one_line_of_json_for_a_mail() throws Exception {
    String file = file("lost.eml", SampleMails.report(SampleMails.UNKNOWN_MAILBOX));

    assertThat(run("--json", file)).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            """
            {"file":"%s","kind":"bounce","records":[{\
            "recipient":"kim@example.org","status":"5.1.1","cause":"MAILBOX_UNKNOWN",\
            "terminal":true,"suppresses":true,"fault":"RECIPIENT",\
            "diagnostic":"550 5.1.1 No such user here","remoteHost":"mx.example.net",\
            "originalMessageId":"<one@sender.example>","returnPath":"bounces@sender.example"}],\
            "feedbackType":null}\
            """
                .formatted(file));
  }

  @Test
  void what_a_mail_does_not_tell_is_null_in_json() throws Exception {
    run("--json", file("spam.eml", SampleMails.complaint().replace("<lee@example.com>", "")));

    assertThat(out.toString())
        .contains("\"kind\":\"complaint\"", "\"feedbackType\":\"abuse\"")
        .contains("\"recipient\":null,\"status\":null,\"cause\":\"MARKED_AS_SPAM\"")
        .contains("\"terminal\":true,\"suppresses\":true", "\"returnPath\":null");
  }

  @Test
  void feedback_of_another_sort_closes_no_address() throws Exception {
    String feedback = SampleMails.complaint().replace("Type: abuse", "Type: auth-failure");
    run("--json", file("dkim.eml", feedback));

    assertThat(out.toString())
        .contains("\"kind\":\"complaint\"", "\"cause\":\"AUTH_FAILURE\"")
        .contains("\"terminal\":true,\"suppresses\":false");
  }

  @Test
  void a_delay_is_a_bounce_that_is_not_terminal() throws Exception {
    run("--json", file("late.eml", SampleMails.report(SampleMails.DELAY)));

    assertThat(out.toString())
        .contains("\"kind\":\"bounce\"", "\"status\":\"4.2.2\"", "\"cause\":\"MAILBOX_FULL\"")
        .contains("\"terminal\":false,\"suppresses\":false");
  }

  @Test
  void a_report_of_success_has_neither_cause_nor_fault() throws Exception {
    run("--json", file("good.eml", SampleMails.report(SampleMails.SUCCESS)));

    assertThat(out.toString())
        .contains("\"kind\":\"delivered\"", "\"status\":\"2.1.5\",\"cause\":null")
        .contains("\"terminal\":false,\"suppresses\":false,\"fault\":null");
  }

  @Test
  void a_report_of_success_and_failure_is_a_bounce_with_both() throws Exception {
    String fields = SampleMails.SUCCESS + "\n" + SampleMails.UNKNOWN_MAILBOX;
    run("--json", file("mixed.eml", SampleMails.report(fields)));

    assertThat(out.toString())
        .contains("\"kind\":\"bounce\"", "\"bo@example.com\"", "\"kim@example.org\"");
  }

  @Test
  void automatic_answers_and_letters_have_no_records() throws Exception {
    run(
        "--json",
        file("away.eml", SampleMails.autoReply()),
        file("letter.eml", SampleMails.letter()));

    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"kind\":\"auto-reply\",\"records\":[]"),
            line -> assertThat(line).contains("\"kind\":\"other\",\"records\":[]"));
  }

  @Test
  void json_is_ascii_whatever_is_in_the_mail() throws Exception {
    String words = SampleMails.UNKNOWN_MAILBOX.replace("No such user", "Kein solches Fach für Bär");
    run("--json", file("umlaut.eml", SampleMails.report(words)));

    assertThat(out.toString()).contains("f\\u00FCr B\\u00E4r").isASCII();
  }

  @Test
  void a_person_reads_what_happened_why_and_what_to_do() throws Exception {
    String file = file("lost.eml", SampleMails.report(SampleMails.UNKNOWN_MAILBOX));

    assertThat(run(file)).isZero();
    assertThat(out.toString().lines().map(line -> line.replace(file, "lost.eml")))
        .containsExactly(
            "lost.eml: bounce",
            "  kim@example.org: not delivered, for good",
            "    Why: mailbox unknown (5.1.1); the fault is on the recipient's side",
            "    Address: leave it alone from now on",
            "    What to do: There is no such mailbox. Check the address for a typing error, or"
                + " ask for the right one.",
            "    Their words: 550 5.1.1 No such user here (mx.example.net)",
            "  It is about the message <one@sender.example>");
  }

  @Test
  void a_person_reads_what_other_mails_are() throws Exception {
    run(
        file("late.eml", SampleMails.report(SampleMails.DELAY)),
        file("good.eml", SampleMails.report(SampleMails.SUCCESS)),
        file("spam.eml", SampleMails.complaint()),
        file("dkim.eml", SampleMails.complaint().replace("Type: abuse", "Type: auth-failure")),
        file("away.eml", SampleMails.autoReply()),
        file("letter.eml", SampleMails.letter()));

    assertThat(out.toString())
        .contains("ada@example.org: late, and still being tried")
        .contains("bo@example.com: delivered")
        .contains("lee@example.com: arrived, and was called spam")
        .contains("lee@example.com: complained of, for another reason than spam")
        .contains("away.eml: auto-reply\n  A machine answered")
        .contains("letter.eml: other\n  No report");
  }

  @Test
  void a_given_up_delivery_with_a_status_for_now_is_not_for_good() throws Exception {
    String fields = SampleMails.DELAY.replace("delayed", "failed");
    run(file("expired.eml", SampleMails.report(fields)));

    assertThat(out.toString())
        .contains("not delivered, given up; a later message may arrive")
        .contains("Address: may be written to");
  }

  @Test
  void no_words_of_a_stranger_command_the_terminal() throws Exception {
    String words = SampleMails.UNKNOWN_MAILBOX.replace("No such", "\u001b[2J\u202eNo such");
    run(file("rude.eml", SampleMails.report(words)));

    assertThat(out.toString()).contains("such user").doesNotContain("\u001b", "\u202e");
  }

  @Test
  void what_cannot_be_read_is_told_after_all_else_was_read() throws Exception {
    String missing = folder.resolve("gone.eml").toString();

    assertThat(run("--json", missing, file("letter.eml", SampleMails.letter()))).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "leverans: " + missing + ": there is no such file or folder\n");
    assertThat(out.toString()).contains("letter.eml");
  }

  @Test
  void without_a_file_it_says_what_to_name() {
    assertThat(run("--json")).isEqualTo(2);
    assertThat(err.toString()).contains("Say which mails to read: files, folders, or -");
  }

  @Test
  void one_cannot_have_both_lines_and_counts() {
    assertThat(run("--json", "--summary", folder.toString())).isEqualTo(2);
  }

  @Test
  void a_summary_counts_what_a_folder_says() throws Exception {
    file("1", SampleMails.report(SampleMails.UNKNOWN_MAILBOX));
    file("2", SampleMails.report(SampleMails.UNKNOWN_MAILBOX.replace("kim", "KIM")));
    file("3", SampleMails.report(SampleMails.DELAY + "\n" + SampleMails.SUCCESS));
    file("4", SampleMails.complaint());
    file("5", SampleMails.letter());
    String missing = folder.resolve("gone").toString();

    assertThat(run("--summary", folder.toString(), missing)).isEqualTo(1);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            kind       mails
            bounce         3
            complaint      1
            other          1
            all            5

            cause            fault      recipients  given up  still tried  leave alone
            mailbox unknown  recipient           2         2            0            2
            mailbox full     recipient           1         0            1            0
            marked as spam   recipient           1         1            0            1

            domain       recipients  given up  leave alone
            example.org           3         2            2
            example.com           1         1            1

            Addresses that Leverans would leave alone from now on: 2
            Could not be read: 1
              %s
            """
                .formatted(missing));
  }

  @Test
  void a_summary_names_the_domains_most_hit() throws Exception {
    for (int i = 0; i < 13; i++) {
      String fields = SampleMails.UNKNOWN_MAILBOX.replace("example.org", i + ".example.org");
      file("mail" + i, SampleMails.report(fields));
    }
    run("--summary", folder.toString());

    assertThat(out.toString()).contains("\nand others: 3").contains("now on: 13");
  }

  @Test
  void it_reads_no_further_once_nobody_listens() throws Exception {
    for (int i = 0; i < 5; i++) {
      file("mail" + i, SampleMails.letter());
    }
    Writer closed = new ClosedPipe();
    command.setOut(new PrintWriter(closed, true));

    assertThat(run("--json", folder.toString())).isZero();
    assertThat(closed.toString().lines()).hasSize(1);
  }

  private int run(String... arguments) {
    return command.execute(arguments);
  }

  private String file(String name, String mail) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, mail, StandardCharsets.UTF_8);
    return file.toString();
  }

  /** As standard output is once "head" has seen enough. */
  private static final class ClosedPipe extends Writer {
    private final StringBuilder lost = new StringBuilder();

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      lost.append(text, from, length);
      throw new IOException("Broken pipe");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return lost.toString();
    }
  }
}
