package io.leverans.mail.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/** Reads mail as its recipient's server and mail client would. Safe for use by many threads. */
final class MailReader {
  private static final MimeConfig NO_LIMITS =
      MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(-1).setMaxHeaderCount(-1).build();

  private final Zone zone;

  MailReader(Zone zone) {
    this.zone = zone;
  }

  MailReading read(ArrivedMail mail) {
    try {
      var builder = new DefaultMessageBuilder();
      builder.setMimeEntityConfig(NO_LIMITS);
      Message message = builder.parseMessage(new ByteArrayInputStream(mail.bytes()));
      try {
        return read(mail, message);
      } finally {
        message.dispose();
      }
    } catch (IOException unreadable) {
      throw new IllegalStateException("cannot read a mail that lies in memory", unreadable);
    }
  }

  private MailReading read(ArrivedMail mail, Message message) throws IOException {
    List<Mailbox> authors = message.getFrom() == null ? List.of() : List.copyOf(message.getFrom());
    String fromDomain = authors.isEmpty() ? "" : Domains.of(authors.getFirst().getAddress());
    DkimVerdict dkim = verify(mail.bytes());
    return new MailReading(
        String.join(", ", authors.stream().map(MailReader::shown).toList()),
        message.getSubject() == null ? "" : message.getSubject(),
        firstText(message).orElse(""),
        dkim,
        via(fromDomain, mail.returnPath(), dkim));
  }

  private static String shown(Mailbox author) {
    return author.getName() == null
        ? author.getAddress()
        : author.getName() + " <" + author.getAddress() + '>';
  }

  private static Optional<String> firstText(Entity entity) throws IOException {
    @Nullable Body body = entity.getBody();
    if (body instanceof Multipart parts) {
      for (Entity part : parts.getBodyParts()) {
        Optional<String> found = firstText(part);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    if (body instanceof TextBody text && "text/plain".equalsIgnoreCase(entity.getMimeType())) {
      var content = new StringWriter();
      try (Reader reader = text.getReader()) {
        reader.transferTo(content);
      }
      return Optional.of(content.toString());
    }
    return Optional.empty();
  }

  private static Optional<String> via(String from, String returnPath, DkimVerdict dkim) {
    String returnDomain = Domains.of(returnPath);
    List<String> signers =
        dkim instanceof DkimVerdict.Pass(List<String> domains) ? domains : List.of();
    if (Stream.concat(Stream.of(returnDomain), signers.stream())
        .anyMatch(domain -> Domains.aligned(domain, from))) {
      return Optional.empty();
    }
    return Stream.concat(signers.stream(), Stream.of(returnDomain))
        .filter(domain -> !domain.isEmpty())
        .findFirst();
  }

  private DkimVerdict verify(byte[] mail) throws IOException {
    var verifier =
        new DKIMVerifier((_, selector, domain) -> zone.texts(selector + "._domainkey." + domain));
    try {
      @Nullable List<SignatureRecord> valid = verifier.verify(new ByteArrayInputStream(mail));
      if (valid == null || valid.isEmpty()) {
        return new DkimVerdict.None();
      }
      List<String> domains = new ArrayList<>();
      valid.forEach(signature -> domains.add(signature.getDToken().toString()));
      return new DkimVerdict.Pass(domains.stream().distinct().toList());
    } catch (FailException invalid) {
      return new DkimVerdict.Fail(signer(verifier), String.valueOf(invalid.getMessage()));
    }
  }

  private static String signer(DKIMVerifier verifier) {
    return verifier.getResults().stream()
        .flatMap(result -> Stream.ofNullable(result.getRecord()))
        .map(signature -> signature.getDToken().toString())
        .findFirst()
        .orElse("");
  }
}
