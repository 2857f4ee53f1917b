package io.leverans.mail.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.util.List;
import java.util.Objects;

/** What the errors of a token endpoint mean (RFC 6749 §5.2), by their code. */
final class Refusals {
  private static final int LONGEST = 600;
  private static final int TOO_MANY_REQUESTS = 429;

  private final String server;

  Refusals(String server) {
    this.server = server;
  }

  /** Whether it is the server's own trouble, whatever the words. */
  static boolean isTrouble(int status) {
    return status >= 500 || status == TOO_MANY_REQUESTS;
  }

  /**
   * @param secrets what may not be repeated, should the server do so
   * @param again what the owner does if access is gone
   */
  TokenAnswer meaning(ErrorObject error, List<String> secrets, String again) {
    String words = words(error, secrets);
    return switch (Objects.requireNonNullElse(error.getCode(), "")) {
      case "invalid_grant",
          "access_denied",
          "interaction_required",
          "consent_required",
          "login_required" ->
          refused(words, again, Certainty.CERTAIN);
      case "invalid_client", "unauthorized_client" ->
          refused(
              words,
              "The platform itself is not let in by "
                  + server
                  + ". Tell the operator: the client id or the client secret in the configuration"
                  + " is wrong, or has run out.",
              Certainty.CERTAIN);
      case "invalid_request", "invalid_scope", "unsupported_grant_type" ->
          refused(
              words,
              "Tell the operator: what is registered for the platform at %s does not fit the"
                      .formatted(server)
                  + " configuration; the words say what is missing.",
              Certainty.CERTAIN);
      case "temporarily_unavailable", "server_error", "slow_down", "rate_limit_exceeded" ->
          new TokenAnswer.NotReached(words);
      case "" -> new TokenAnswer.NotReached(server + " gave an answer that makes no sense.");
      default -> refused(words, again, Certainty.PRESUMED);
    };
  }

  private static TokenAnswer refused(String words, String remedy, Certainty certainty) {
    return new TokenAnswer.Refused(
        new ChannelFault(Cause.CREDENTIALS_REFUSED, words, remedy, certainty));
  }

  private String words(ErrorObject error, List<String> secrets) {
    String said = Objects.requireNonNullElse(error.getCode(), "");
    if (error.getDescription() != null) {
      said = said + ": " + error.getDescription();
    }
    for (String secret : secrets) {
      said = said.replace(secret, "***");
    }
    String line = said.replaceAll("\\p{Cntrl}+", " ").strip();
    return server + " said: " + (line.length() > LONGEST ? line.substring(0, LONGEST) : line);
  }
}
