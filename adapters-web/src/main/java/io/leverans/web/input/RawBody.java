package io.leverans.web.input;

import io.javalin.http.Context;
import io.leverans.domain.message.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A request's body that is a mail as it is. */
public final class RawBody {
  private static final String MAIL = "message/rfc822";

  private final byte[] bytes;

  private RawBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether the request says that its body is one. */
  public static boolean isSent(Context ctx) {
    String type = Optional.ofNullable(ctx.header("Content-Type")).orElse("");
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters);
    return bare.strip().toLowerCase(Locale.ROOT).equals(MAIL);
  }

  public static RawBody of(Context ctx, long limit) {
    RequestBody.requireUncompressed(ctx);
    return new RawBody(RequestBody.read(ctx, limit));
  }

  public Octets octets() {
    return Octets.of(bytes);
  }

  /** SHA-256 in hexadecimal. */
  public String fingerprint() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
