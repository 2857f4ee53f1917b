package io.leverans.mail.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail that a person passed on in the text of another, as mail programs quote it. */
record Forwarded(FieldBlock header, String text) {
  private static final Pattern QUOTE = Pattern.compile("^>[> ]*+", Pattern.MULTILINE);
  private static final Pattern HEADER =
      Pattern.compile("^[ \\t*]{0,4}From: [^\\n]{1,300}\\n", Pattern.MULTILINE);

  /** The first mail that is attached, with the first text in it. */
  static Optional<Forwarded> attachedTo(MailParts mail) {
    return mail.own(MailParts.MAIL)
        .flatMap(
            attached ->
                mail.enclosed(List.of("text/plain"))
                    .map(text -> new Forwarded(attached.header(), text.text())));
  }

  /** The first, with what follows it. */
  static Optional<Forwarded> in(String text) {
    String plain = QUOTE.matcher(text.replace("\r", "")).replaceAll("");
    Matcher start = HEADER.matcher(plain);
    if (!start.find()) {
      return Optional.empty();
    }
    String mail = plain.substring(start.start());
    List<FieldBlock> blocks = FieldBlock.blocksOf(mail);
    int blank = mail.indexOf("\n\n");
    return blank < 0 || blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Forwarded(blocks.getFirst(), mail.substring(blank)));
  }
}
