package io.leverans.mail.simulator.signin;

/** Why no tokens are given (RFC 6749 section 5.2). */
public enum TokenRefusal {
  CLIENT_UNKNOWN(401, "invalid_client"),
  CLIENT_SECRET_WRONG(401, "invalid_client"),
  CODE_UNKNOWN(400, "invalid_grant"),
  CODE_USED(400, "invalid_grant"),
  CODE_EXPIRED(400, "invalid_grant"),
  VERIFIER_MISSING(400, "invalid_grant"),
  VERIFIER_WRONG(400, "invalid_grant"),
  REDIRECT_DIFFERS(400, "redirect_uri_mismatch"),
  ACCESS_REVOKED(400, "invalid_grant"),
  FIELD_MISSING(400, "invalid_request"),
  GRANT_TYPE_UNKNOWN(400, "unsupported_grant_type");

  private final int status;
  private final String error;

  TokenRefusal(int status, String error) {
    this.status = status;
    this.error = error;
  }

  /** The status of the HTTP answer. */
  public int status() {
    return status;
  }

  /** The code that programs read. */
  public String error() {
    return error;
  }
}
