package io.leverans.web.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.javalin.http.Context;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A request's body, read as strictly as RFC 8259 allows. */
public final class JsonBody implements AutoCloseable {
  private static final int MAX_DEPTH = 32;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength((int) Spool.MOST_TEXT)
                          .maxNestingDepth(MAX_DEPTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .addModule(new SimpleModule().addSerializer(new LeftText.Serializer()))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectWriter SORTED =
      MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  /** A value whose quotes were forgotten may be a secret, so it is not repeated. */
  private static final Pattern UNQUOTED = Pattern.compile("Unrecognized token '.*?'");

  private final JsonNode root;
  private final ReceivedBody received;
  private final Findings findings = new Findings();

  private JsonBody(JsonNode root, ReceivedBody received) {
    this.root = root;
    this.received = received;
  }

  /** Reads the body of a request, which needs not be closed. */
  public static JsonBody of(Context ctx, long limit) {
    RequestBody.requireJson(ctx);
    byte[] bytes = RequestBody.read(ctx, limit);
    return new JsonBody(root(() -> MAPPER.readTree(bytes)), ReceivedBody.of(bytes));
  }

  /**
   * Reads the body of a request, which may be large and is to be closed after the answer.
   *
   * @param left the names of the fields whose texts are left in a file if it is
   */
  public static JsonBody ofMessage(Context ctx, Spool spool, String... left) {
    RequestBody.requireJson(ctx);
    ReceivedBody received = RequestBody.receiveMessage(ctx, spool);
    try {
      return new JsonBody(root(() -> tree(received, Set.of(left))), received);
    } catch (RuntimeException | Error e) {
      received.close();
      throw e;
    }
  }

  private static JsonNode tree(ReceivedBody received, Set<String> left) throws IOException {
    if (received.file().isEmpty()) {
      return MAPPER.readTree(received.octets().toArray());
    }
    SpooledFile file = received.file().get();
    try (JsonParser parser = MAPPER.createParser(file.open())) {
      return MAPPER.readValue(new LeavingParser(parser, file, left), JsonNode.class);
    }
  }

  private static JsonNode root(Reading reading) {
    try {
      JsonNode root = reading.read();
      if (root.isMissingNode()) {
        throw malformed("The body is empty; a JSON object belongs there.");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw malformed(whereAndWhy(e));
    } catch (IOException e) {
      throw malformed("The body is not text in UTF-8.");
    }
  }

  /** Makes a tree of a body. */
  @FunctionalInterface
  private interface Reading {
    JsonNode read() throws IOException;
  }

  @Override
  public void close() {
    received.close();
  }

  /** The fields of the body, which has these and no others. */
  public Optional<JsonFields> fields(List<String> known) {
    return new JsonField(root, JsonPointer.empty(), findings).object(known);
  }

  public Findings findings() {
    return findings;
  }

  /**
   * SHA-256 in hexadecimal over the body without white space and with its fields sorted: equal for
   * bodies that ask for the same.
   */
  public String fingerprint() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
        SORTED.writeValue(out, root);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(Problem.of(ProblemType.MALFORMED_JSON, detail));
  }

  private static String whereAndWhy(JsonProcessingException e) {
    String words = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
    String why = Findings.sentence(UNQUOTED.matcher(words).replaceFirst("Unrecognized token"));
    var where = e.getLocation();
    return where == null
        ? why
        : "Line %d, column %d: %s".formatted(where.getLineNr(), where.getColumnNr(), why);
  }
}
