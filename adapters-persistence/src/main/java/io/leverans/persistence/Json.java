package io.leverans.persistence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.RetrySchedule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small structures as they lie in jsonb columns. The names are those of the records below, so that
 * a name in the domain can change and what is stored stays readable. Names that are not known are
 * passed over: a node of a later version may have written them.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(nonNull())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(String.class, new StorableValue())
                  .addKeySerializer(String.class, new StorableName()))
          .build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<List<StoredStatement>> STATEMENTS = new TypeReference<>() {};

  private static final TypeReference<List<StoredLimit>> LIMITS = new TypeReference<>() {};

  private Json() {}

  static String write(Map<String, String> texts) {
    return text(texts);
  }

  static Map<String, String> texts(String json) {
    return read(json, TEXTS);
  }

  static String writeTexts(List<String> texts) {
    return text(texts);
  }

  static String write(Failure failure) {
    return text(StoredFailure.of(failure));
  }

  static Failure failure(String json) {
    return read(json, new TypeReference<StoredFailure>() {}).toFailure();
  }

  static String write(ChannelFault fault) {
    return text(StoredFault.of(fault));
  }

  static ChannelFault channelFault(String json) {
    return read(json, new TypeReference<StoredFault>() {}).toFault();
  }

  static String write(NextHop nextHop) {
    return text(StoredNextHop.of(nextHop));
  }

  static NextHop nextHop(String json) {
    return read(json, new TypeReference<StoredNextHop>() {}).toNextHop();
  }

  static String write(List<Statement> statements) {
    return text(statements.stream().map(StoredStatement::of).toList());
  }

  static List<Statement> statements(String json) {
    return read(json, STATEMENTS).stream().map(StoredStatement::toStatement).toList();
  }

  static String write(Hints hints) {
    return text(StoredHints.of(hints));
  }

  static Hints hints(String json) {
    return read(json, new TypeReference<StoredHints>() {}).toHints();
  }

  static String write(Pace pace) {
    return text(pace.limits().stream().map(StoredLimit::of).toList());
  }

  static Pace pace(String json) {
    return new Pace(read(json, LIMITS).stream().map(StoredLimit::toLimit).toList());
  }

  static String write(RetrySchedule schedule) {
    return text(StoredSchedule.of(schedule));
  }

  static RetrySchedule retrySchedule(String json) {
    return read(json, new TypeReference<StoredSchedule>() {}).toSchedule();
  }

  /** A row that is kept as one. */
  static ObjectNode object(String json) {
    return read(json, new TypeReference<>() {});
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON cannot be read", e);
    }
  }

  private static JsonInclude.Value nonNull() {
    return JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL);
  }

  /** See {@link StorableText}; written as an escape, a NUL would pass there unseen. */
  private static final class StorableValue extends StdScalarSerializer<String> {
    private static final long serialVersionUID = 1L;

    StorableValue() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(StorableText.of(value));
    }
  }

  private static final class StorableName extends StdScalarSerializer<String> {
    private static final long serialVersionUID = 1L;

    StorableName() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeFieldName(StorableText.of(value));
    }
  }

  private record StoredFailure(
      Cause cause, String words, @Nullable String status, @Nullable String remoteHost) {
    static StoredFailure of(Failure failure) {
      return new StoredFailure(
          failure.cause(),
          failure.words(),
          failure.status().orElse(null),
          failure.remoteHost().orElse(null));
    }

    Failure toFailure() {
      return new Failure(
          cause, words, Optional.ofNullable(status), Optional.ofNullable(remoteHost));
    }
  }

  private record StoredLimit(
      int atMost, Limit.Counted counted, long millis, Limit.Scope scope, String source) {
    static StoredLimit of(Limit limit) {
      return new StoredLimit(
          limit.atMost(),
          limit.counted(),
          limit.window().toMillis(),
          limit.scope(),
          limit.source());
    }

    Limit toLimit() {
      return new Limit(atMost, counted, Duration.ofMillis(millis), scope, source);
    }
  }

  /** As durations are written in ISO 8601. */
  private record StoredSchedule(String first, String longest, String giveUpAfter) {
    static StoredSchedule of(RetrySchedule schedule) {
      return new StoredSchedule(
          schedule.first().toString(),
          schedule.longest().toString(),
          schedule.giveUpAfter().toString());
    }

    RetrySchedule toSchedule() {
      return new RetrySchedule(
          Duration.parse(first), Duration.parse(longest), Duration.parse(giveUpAfter));
    }
  }

  private record StoredFault(
      Cause cause, String words, String remedy, ChannelFault.Certainty certainty) {
    static StoredFault of(ChannelFault fault) {
      return new StoredFault(fault.cause(), fault.words(), fault.remedy(), fault.certainty());
    }

    ChannelFault toFault() {
      return new ChannelFault(cause, words, remedy, certainty);
    }
  }

  /** Either {@code plain}, with the reason, or {@code protocol}. */
  private record StoredNextHop(
      String host,
      String address,
      @Nullable String plain,
      @Nullable String protocol,
      @Nullable String certificateProblem) {
    static StoredNextHop of(NextHop hop) {
      return switch (hop.security()) {
        case NextHop.Security.Plain(String why) ->
            new StoredNextHop(hop.host(), hop.address(), why, null, null);
        case NextHop.Security.Encrypted(String protocol, Optional<String> problem) ->
            new StoredNextHop(hop.host(), hop.address(), null, protocol, problem.orElse(null));
      };
    }

    NextHop toNextHop() {
      NextHop.Security security =
          protocol == null
              ? new NextHop.Security.Plain(Optional.ofNullable(plain).orElse(""))
              : new NextHop.Security.Encrypted(protocol, Optional.ofNullable(certificateProblem));
      return new NextHop(host, address, security);
    }
  }

  /** The time as it is written in ISO 8601. */
  private record StoredHints(
      @Nullable String messageId,
      @Nullable String envelopeId,
      List<String> recipients,
      @Nullable String at,
      Hints.@Nullable Loop loop) {
    static StoredHints of(Hints hints) {
      return new StoredHints(
          hints.messageId().orElse(null),
          hints.envelopeId().orElse(null),
          hints.recipients(),
          hints.at().map(Instant::toString).orElse(null),
          hints.loop().orElse(null));
    }

    Hints toHints() {
      return new Hints(
          Optional.ofNullable(messageId),
          Optional.ofNullable(envelopeId),
          recipients,
          Optional.ofNullable(at).map(Instant::parse),
          Optional.ofNullable(loop));
    }
  }

  private record StoredStatement(
      List<String> recipients, Statement.Action action, StoredFailure failure) {
    static StoredStatement of(Statement statement) {
      return new StoredStatement(
          statement.recipients(), statement.action(), StoredFailure.of(statement.failure()));
    }

    Statement toStatement() {
      return new Statement(recipients, action, failure.toFailure());
    }
  }
}
