package io.leverans.mail.conversation;

import java.io.Serial;
import javax.net.ssl.SSLException;

/** The server has not proved to be the one that was meant; nothing was said to it. */
public final class UntrustedServerException extends SSLException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient CertificateProblem problem;

  UntrustedServerException(CertificateProblem problem) {
    super(problem.words());
    this.problem = problem;
  }

  /** What to do about it. */
  public String remedy() {
    return problem.remedy();
  }

  CertificateProblem problem() {
    return problem;
  }
}
