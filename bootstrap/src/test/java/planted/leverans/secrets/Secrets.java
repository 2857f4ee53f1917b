package planted.leverans.secrets;

/** Planted: so that the layer is not empty. */
public record Secrets() {}
