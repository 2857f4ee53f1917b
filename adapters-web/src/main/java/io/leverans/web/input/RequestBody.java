package io.leverans.web.input;

import io.javalin.http.Context;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bytes of a request's body, within a limit. */
public final class RequestBody {
  /** Octets in a megabyte, as the limits count. */
  public static final long MB = 1024L * 1024;

  /** What 25 MB of attachments need in Base64, and room for the text. */
  static final long MESSAGE_LIMIT = 35 * MB;

  /** For everything else. */
  public static final long LIMIT = MB;

  private static final int BUFFER = 64 * 1024;
  private static final long MOST_DRAINED = 64 * MB;
  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?");

  private RequestBody() {}

  static void requireJson(Context ctx) {
    String type = Optional.ofNullable(ctx.header("Content-Type")).orElse("");
    if (!JSON.matcher(type.toLowerCase(Locale.ROOT).strip()).matches()) {
      String found = type.isEmpty() ? "no Content-Type" : "the Content-Type '" + type + "'";
      throw unsupported(
          "Content-Type",
          "The request has %s. Send 'Content-Type: application/json'.".formatted(found));
    }
    requireUncompressed(ctx);
  }

  static void requireUncompressed(Context ctx) {
    String coding = Optional.ofNullable(ctx.header("Content-Encoding")).orElse("identity");
    if (!coding.equalsIgnoreCase("identity")) {
      throw unsupported(
          "Content-Encoding", "The body is compressed. Send it without a Content-Encoding.");
    }
  }

  static byte[] read(Context ctx, long limit) {
    try {
      InputStream in = within(limit, ctx);
      byte[] bytes = in.readNBytes(Math.toIntExact(limit + 1));
      if (bytes.length > limit) {
        throw tooLarge(in, limit);
      }
      return bytes;
    } catch (IOException e) {
      throw incomplete();
    }
  }

  /** A body with a message in it, which is kept in a file if it is large. */
  static ReceivedBody receiveMessage(Context ctx, Spool spool) {
    try {
      InputStream in = within(MESSAGE_LIMIT, ctx);
      byte[] start = in.readNBytes(Spool.IN_MEMORY + 1);
      return start.length <= Spool.IN_MEMORY
          ? ReceivedBody.of(start)
          : ReceivedBody.of(kept(start, in, spool), spool);
    } catch (IOException e) {
      throw incomplete();
    }
  }

  private static SpooledFile kept(byte[] start, InputStream in, Spool spool) throws IOException {
    SpooledFile file = spool.open();
    try {
      file.append(start, start.length);
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        file.append(buffer, read);
        if (file.size() > MESSAGE_LIMIT) {
          throw tooLarge(in, MESSAGE_LIMIT);
        }
      }
      return file;
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static InputStream within(long limit, Context ctx) throws IOException {
    InputStream in = ctx.req().getInputStream();
    if (ctx.req().getContentLengthLong() > limit) {
      throw tooLarge(in, limit);
    }
    return in;
  }

  private static ProblemException incomplete() {
    return new ProblemException(
        Problem.of(
            ProblemType.INCOMPLETE_BODY, "The connection ended before the whole body had come."));
  }

  /** Reads on for a while, since many clients look for the answer only after they have sent all. */
  private static ProblemException tooLarge(InputStream in, long limit) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long drained = 0;
    for (int read = in.read(buffer); read >= 0 && drained < MOST_DRAINED; read = in.read(buffer)) {
      drained += read;
    }
    return new ProblemException(
        Problem.of(
            ProblemType.BODY_TOO_LARGE,
            "A body has at most %d MB (%d octets) here.".formatted(limit / MB, limit)
                + " Leave something out, or send a link in place of an attachment."));
  }

  private static ProblemException unsupported(String header, String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, Place.header(header), detail);
  }
}
