package io.leverans.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.bootstrap.command.MailFiles.Wish;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFilesTest {
  private static final String SEPARATOR = "From ada@example.org Tue Nov 24 08:05:09 2026\n";

  @TempDir private Path folder;

  private final Map<String, String> mails = new TreeMap<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private Wish wish = Wish.MORE;

  @Test
  void a_folder_is_read_with_all_in_it_whatever_the_names() throws Exception {
    write("one.eml", "1");
    write("2026/november/1234", "2");
    write(".hidden", "no mail");
    write(".git/config", "no mail");
    visit(folder.toString());

    assertThat(mails)
        .containsExactly(Map.entry("2026/november/1234", "2"), Map.entry("one.eml", "1"));
  }

  @Test
  void a_maildir_is_read_without_its_indexes_and_what_is_not_yet_whole() throws Exception {
    write("box/new/1700.host", "1");
    write("box/cur/1701.host:2,S", "2");
    write("box/tmp/1702.host", "not whole");
    write("box/dovecot-uidlist", "no mail");
    write("box/.Archive/new/1703.host", "3");
    write("box/.Archive/cur/1704.host:2,", "4");
    write("box/.Archive/maildirfolder", "no mail");
    visit(folder.toString());

    assertThat(mails.values()).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  @Test
  void a_folder_named_tmp_elsewhere_is_read() throws Exception {
    write("tmp/new.eml", "1");
    visit(folder.toString());

    assertThat(mails).containsOnlyKeys("tmp/new.eml");
  }

  @Test
  void the_mails_of_an_mbox_are_numbered() throws Exception {
    write("in.mbox", SEPARATOR + "A: 1\n\nText\n\n" + SEPARATOR + "B: 2\n\n" + SEPARATOR + "C: 3");
    visit(folder.toString());

    assertThat(mails)
        .containsExactly(
            Map.entry("in.mbox#1", "A: 1\n\nText\n\n"),
            Map.entry("in.mbox#2", "B: 2\n\n"),
            Map.entry("in.mbox#3", "C: 3"));
  }

  @Test
  void an_mbox_of_one_mail_keeps_its_name() throws Exception {
    write("in.mbox", SEPARATOR + "A: 1\r\n\r\nText\r\n");
    visit(folder.resolve("in.mbox").toString());

    assertThat(mails).containsExactly(Map.entry("in.mbox", "A: 1\r\n\r\nText\r\n"));
  }

  @Test
  void a_line_of_text_that_begins_with_from_ends_no_mail() throws Exception {
    String mail = "A: 1\n\nFrom now on\n\nFrom here to there\nFrom Bo at 10:15 or so\n";
    write("in.mbox", SEPARATOR + mail);
    write("letter.eml", mail + "\n" + SEPARATOR);
    visit(folder.toString());

    assertThat(mails)
        .containsExactly(
            Map.entry("in.mbox", mail), Map.entry("letter.eml", mail + "\n" + SEPARATOR));
  }

  @Test
  void no_more_of_a_mail_is_kept_than_is_looked_at() throws Exception {
    String large = "x".repeat(3 * Mbox.MOST_OCTETS);
    write("large.eml", large);
    write("large.mbox", SEPARATOR + large + "\n\n" + SEPARATOR + "B: 2");
    visit(folder.toString());

    assertThat(mails.get("large.eml")).hasSize(Mbox.MOST_OCTETS);
    assertThat(mails.get("large.mbox#1")).hasSize(Mbox.MOST_OCTETS);
    assertThat(mails.get("large.mbox#2")).isEqualTo("B: 2");
  }

  @Test
  void an_empty_file_is_an_empty_mail() throws Exception {
    write("empty", "");
    write("almost.mbox", SEPARATOR);
    visit(folder.toString());

    assertThat(mails).containsExactly(Map.entry("almost.mbox", ""), Map.entry("empty", ""));
  }

  @Test
  void links_are_followed_and_those_that_lead_nowhere_are_told() throws Exception {
    write("box/one.eml", "1");
    Files.createSymbolicLink(folder.resolve("two.eml"), folder.resolve("box/one.eml"));
    Files.createSymbolicLink(folder.resolve("lost.eml"), folder.resolve("nowhere"));
    Files.createSymbolicLink(folder.resolve("box/round"), folder);
    visit(folder.toString());

    assertThat(mails).containsOnlyKeys("box/one.eml", "two.eml");
    assertThat(unreadable)
        .containsExactly(
            Map.entry("box/round", "the link leads back to a folder around it"),
            Map.entry("lost.eml", "there is no such file or folder"));
  }

  @Test
  void standard_input_is_one_mail_and_is_read_to_its_end() throws Exception {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[Mbox.MOST_OCTETS]),
            new ByteArrayInputStream("the rest".getBytes(StandardCharsets.US_ASCII)));
    visit("-", in);

    assertThat(mails.get("-")).hasSize(Mbox.MOST_OCTETS);
    assertThat(in.read()).isNegative();
  }

  @Test
  void a_mail_that_was_the_last_one_wanted_is_the_last_one_read() throws Exception {
    write("in.mbox", SEPARATOR + "A: 1\n\n" + SEPARATOR + "B: 2\n");
    write("box/in.mbox", SEPARATOR + "A: 1\n\n" + SEPARATOR + "B: 2\n");
    wish = Wish.NO_MORE;

    assertThat(visit(folder.toString())).isEqualTo(Wish.NO_MORE);
    assertThat(mails).hasSize(1);
  }

  private Wish visit(String argument) {
    return visit(argument, InputStream.nullInputStream());
  }

  private Wish visit(String argument, InputStream standardInput) {
    return new MailFiles(standardInput, new Notes()).visit(argument);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }

  private String local(String name) {
    return name.replace(folder + "/", "");
  }

  /** Writes down what is found, by its name within the folder. */
  private final class Notes implements MailFiles.Visitor {
    @Override
    public Wish mail(String name, byte[] octets) {
      mails.put(local(name), new String(octets, StandardCharsets.ISO_8859_1));
      return wish;
    }

    @Override
    public void unreadable(String name, String why) {
      unreadable.put(local(name), why);
    }
  }
}
