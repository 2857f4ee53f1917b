package io.leverans.mail.mime;

import io.leverans.domain.message.Attachment;
import io.leverans.domain.message.Octets;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParameterList;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A node of a message's body. Every leaf is encoded, so that no line is long, no octet is beyond
 * ASCII, and no boundary, which holds {@code =_}, can occur in it (RFC 2045 §6.7).
 *
 * <p>Content is handed over as streams: nothing is looked up in a mailcap file, which would depend
 * on the class loader of whatever thread composes.
 */
sealed interface BodyPart {
  /** How a leaf says it is to be written: its octets are encoded before Angus gets them. */
  String AS_IS = "7bit";

  /** Makes {@code part} this one. */
  void fill(MimePart part, Boundaries boundaries) throws MessagingException;

  /** An empty one to be filled. */
  default MimeBodyPart part() {
    return new EncodedPart();
  }

  /** A text in UTF-8, with CRLF after every line, also after the last. */
  record Text(String subtype, String text) implements BodyPart {
    private static final String BASE64 = "base64";

    @Override
    public void fill(MimePart part, Boundaries boundaries) throws MessagingException {
      byte[] octets = CanonicalLines.of(text);
      String encoding = encoding(octets);
      Octets encoded =
          encoding.equals(BASE64) ? new EncodedFile(Octets.of(octets)) : QuotedPrintable.of(octets);
      part.setDataHandler(new DataHandler(new OctetsSource(encoded)));
      part.setHeader("Content-Type", "text/" + subtype + "; charset=UTF-8");
      part.setHeader("Content-Transfer-Encoding", encoding);
    }

    /**
     * Whichever is shorter. Nothing but line breaks goes as base64: signers and verifiers disagree
     * on how an empty body is canonicalized (RFC 6376 §3.4.4).
     */
    private static String encoding(byte[] octets) {
      int beyondAscii = 0;
      int lineBreaks = 0;
      for (byte octet : octets) {
        beyondAscii += octet < 0 ? 1 : 0;
        lineBreaks += octet == '\r' || octet == '\n' ? 1 : 0;
      }
      return beyondAscii > octets.length / 6 || lineBreaks == octets.length
          ? BASE64
          : "quoted-printable";
    }
  }

  /** A file, beside the text or shown inside it. */
  record File(Attachment attachment, String disposition) implements BodyPart {
    static final String ATTACHED = "attachment";
    static final String INLINE = "inline";

    @Override
    public MimeBodyPart part() {
      return new FilePart(attachment.content());
    }

    @Override
    public void fill(MimePart part, Boundaries boundaries) throws MessagingException {
      part.setDataHandler(new DataHandler(new OctetsSource(attachment.content())));
      part.setHeader("Content-Type", type());
      part.setHeader("Content-Transfer-Encoding", "base64");
      part.setHeader("Content-Disposition", dispositionWithName());
      if (attachment.contentId().isPresent()) {
        String id = attachment.contentId().get();
        part.setHeader("Content-ID", HeaderText.folded("Content-ID", "<" + id + ">"));
      }
    }

    /** Messages and multiparts may not be encoded (RFC 2046 §5.2.1), so they go as mere files. */
    private String type() {
      String type = attachment.contentType().toLowerCase(Locale.ROOT);
      boolean composite = type.startsWith("message/") || type.startsWith("multipart/");
      return composite ? "application/octet-stream" : attachment.contentType();
    }

    private String dispositionWithName() {
      ParameterList parameters = new ParameterList();
      parameters.set("filename", attachment.filename(), "UTF-8");
      return new ContentDisposition(disposition, parameters).toString();
    }
  }

  /**
   * Several parts in one.
   *
   * @param parameters what stands after the boundary, such as {@code ; type="text/html"}
   */
  record Multi(String subtype, String parameters, List<BodyPart> parts) implements BodyPart {
    public Multi {
      parts = List.copyOf(parts);
    }

    @Override
    public void fill(MimePart part, Boundaries boundaries) throws MessagingException {
      String type =
          "multipart/" + subtype + ";\r\n boundary=\"" + boundaries.next() + "\"" + parameters;
      BoundMultipart multipart = new BoundMultipart(type);
      for (BodyPart child : parts) {
        MimeBodyPart childPart = child.part();
        child.fill(childPart, boundaries);
        multipart.addBodyPart(childPart);
      }
      part.setDataHandler(multipart.handler());
      part.setHeader("Content-Type", type);
    }
  }

  /** A part with octets that are written as they are, whatever its header says of them. */
  final class EncodedPart extends MimeBodyPart {
    @Override
    public String getEncoding() {
      return AS_IS;
    }
  }

  /** A file's part, whose content is put into the draft instead of being written. */
  final class FilePart extends MimeBodyPart {
    private final Octets file;

    FilePart(Octets file) {
      this.file = file;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, MessagingException {
      if (!(out instanceof Draft draft)) {
        throw new IllegalStateException("a file is written into a draft only");
      }
      for (String line : Collections.list(getAllHeaderLines())) {
        draft.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      draft.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      draft.insert(file);
    }
  }

  /** Octets as Angus reads them. */
  record OctetsSource(Octets octets) implements DataSource {
    @Override
    public InputStream getInputStream() throws IOException {
      return octets.open();
    }

    @Override
    public OutputStream getOutputStream() {
      throw new UnsupportedOperationException("for reading only");
    }

    @Override
    public String getContentType() {
      return "application/octet-stream";
    }

    @Override
    public String getName() {
      return "";
    }
  }
}
