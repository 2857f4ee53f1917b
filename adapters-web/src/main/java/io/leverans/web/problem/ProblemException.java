package io.leverans.web.problem;

/** Carries a problem from where a request is read to where it is answered. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(ProblemType type, Place place, String detail) {
    this(Problem.of(type, place, detail));
  }

  public Problem problem() {
    return problem;
  }
}
