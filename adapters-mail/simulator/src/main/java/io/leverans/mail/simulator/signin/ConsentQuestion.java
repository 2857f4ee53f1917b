package io.leverans.mail.simulator.signin;

import io.leverans.mail.simulator.web.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an application asks a person for (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
 *
 * @param scopes in the order asked for
 * @param challenge the SHA-256 of the verifier; empty if the application uses none
 * @param fields everything as it was asked
 */
public record ConsentQuestion(
    String clientId,
    String redirectUri,
    Set<String> scopes,
    Optional<String> state,
    Optional<String> challenge,
    Optional<String> nonce,
    Fields fields) {

  public ConsentQuestion {
    scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
  }

  /** What became of reading a question. */
  public sealed interface Reading {
    record Understood(ConsentQuestion question) implements Reading {}

    /** The person is told; the application hears nothing, since nobody knows whose it is. */
    record Wrong(String error, String words) implements Reading {}
  }

  static Reading read(Fields fields, String knownClient) {
    List<String> wrong = new ArrayList<>();
    if (!fields.first("client_id").equals(Optional.of(knownClient))) {
      return new Reading.Wrong("invalid_client", "The OAuth client was not found.");
    }
    if (fields.first("redirect_uri").filter(uri -> uri.matches("https?://[^#]+")).isEmpty()) {
      return new Reading.Wrong(
          "redirect_uri_mismatch", "redirect_uri is missing or no web address");
    }
    if (!fields.first("response_type").equals(Optional.of("code"))) {
      wrong.add("response_type must be code");
    }
    if (fields.first("scope").isEmpty()) {
      wrong.add("scope is missing");
    }
    if (fields.first("code_challenge").isPresent()
        && !fields.first("code_challenge_method").equals(Optional.of("S256"))) {
      wrong.add("code_challenge_method must be S256");
    }
    return wrong.isEmpty()
        ? new Reading.Understood(understood(fields))
        : new Reading.Wrong("invalid_request", String.join("; ", wrong));
  }

  private static ConsentQuestion understood(Fields fields) {
    return new ConsentQuestion(
        fields.first("client_id").orElseThrow(),
        fields.first("redirect_uri").orElseThrow(),
        new LinkedHashSet<>(Arrays.asList(fields.first("scope").orElseThrow().split("\\s+", -1))),
        fields.first("state"),
        fields.first("code_challenge"),
        fields.first("nonce"),
        fields);
  }
}
