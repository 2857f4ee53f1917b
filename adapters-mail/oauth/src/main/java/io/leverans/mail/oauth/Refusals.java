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

  private final OAuthServer server;

  Refusals(OAuthServer server) {
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
          clientRefused(
              words,
              "The operator has to renew %s: the secret has run out, or one of them is wrong."
                  .formatted(server.credentials()));
      case "invalid_request", "invalid_scope", "unsupported_grant_type" ->
          clientRefused(
              words,
              "The operator has to make the configuration fit what is registered for the platform"
                  + " at"
                  + " %s.".formatted(server.name()));
      case "temporarily_unavailable", "server_error", "slow_down", "rate_limit_exceeded" ->
          new TokenAnswer.NotReached(words);
      case "" -> new TokenAnswer.NotReached(server.name() + " gave an answer that makes no sense.");
      default -> refused(words, again, Certainty.PRESUMED);
    };
  }

  private static TokenAnswer clientRefused(String words, String toMend) {
    return new TokenAnswer.ClientRefused(new PlatformFault(words, toMend));
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
    return server.name()
        + " said: "
        + (line.length() > LONGEST ? line.substring(0, LONGEST) : line);
  }
}
