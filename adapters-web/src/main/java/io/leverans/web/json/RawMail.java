package io.leverans.web.json;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** A mail as it is, to be saved as a file: the one answer that is no JSON. */
public final class RawMail {
  private RawMail() {}

  public static void write(Context ctx, UUID id, Octets bytes) {
    try {
      ctx.status(HttpStatus.OK)
          .contentType("message/rfc822")
          .header("Content-Disposition", "attachment; filename=\"" + id + ".eml\"")
          .disableCompression()
          .result(bytes.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
