package io.leverans.web.input;

import io.javalin.http.Context;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A request's body that is taken as it is. To be closed after the answer. */
public final class RawBody implements AutoCloseable {
  private final ReceivedBody received;

  private RawBody(ReceivedBody received) {
    this.received = received;
  }

  /** Whether the request says that its body is of this media type, whatever its parameters. */
  public static boolean isOfType(Context ctx, String mediaType) {
    String type = Optional.ofNullable(ctx.header("Content-Type")).orElse("");
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters);
    return bare.strip().toLowerCase(Locale.ROOT).equals(mediaType);
  }

  public static RawBody of(Context ctx, Spool spool) {
    RequestBody.requireUncompressed(ctx);
    return new RawBody(RequestBody.receiveMessage(ctx, spool));
  }

  /** What it holds, until it is closed. */
  public Octets octets() {
    return received.octets();
  }

  /** SHA-256 in hexadecimal. */
  public String fingerprint() {
    try (InputStream in = octets().open()) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      var _ = in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    received.close();
  }
}
