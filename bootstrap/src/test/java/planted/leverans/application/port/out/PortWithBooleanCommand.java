package planted.leverans.application.port.out;

/** Planted: a port whose command holds true or false. */
public interface PortWithBooleanCommand {
  /** Planted. */
  void run(Command command);

  /** Planted. */
  record Command(boolean urgent) {}
}
