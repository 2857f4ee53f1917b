package planted.leverans.application.port.out;

/** Planted: a port that answers true or false. */
public interface PortWithBoolean {
  /** Planted. */
  boolean done();
}
