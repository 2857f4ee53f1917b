package io.leverans.mail.mime;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;

/** A multipart with a boundary of our choice: Angus would take one from the clock. */
final class BoundMultipart extends MimeMultipart {
  BoundMultipart(String typeWithBoundary) {
    this.contentType = typeWithBoundary;
  }

  DataHandler handler() {
    return new DataHandler(this, getContentType()) {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        try {
          BoundMultipart.this.writeTo(out);
        } catch (MessagingException broken) {
          throw new IOException("a part could not be written", broken);
        }
      }
    };
  }
}
